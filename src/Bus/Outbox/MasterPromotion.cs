namespace BusIngest.Bus.Outbox;

/// <summary>Another server became the master.</summary>
/// <param name="From">The one before, as `host:port`; null when none was known.</param>
/// <param name="To">The new one.</param>
/// <param name="At">When we heard of it.</param>
internal sealed record MasterPromotion(string? From, string To, DateTimeOffset At);
