namespace BusIngest.Readings;

/// <summary>What a meter showed.</summary>
/// <param name="Id">The client's own id; the natural key.</param>
/// <param name="Meter">The meter, 1–100 characters.</param>
/// <param name="Value">What it showed.</param>
/// <param name="At">When, UTC.</param>
public sealed record Reading(Guid Id, string Meter, double Value, DateTimeOffset At);
