namespace BusIngest.Bus.Scheduling;

/// <summary>A scheduled message, by its token, and when it is due.</summary>
internal readonly record struct DueToken(Guid Token, DateTimeOffset DueAt);
