namespace BusIngest.Workers.Events;

/// <summary>What events are taken, and for how long they are kept.</summary>
public sealed record EventOptions
{
    /// <summary>For how many days events are kept, counted from their own time, 0–36,500; 0: for ever. Default 0. What is older goes by
    /// whole days on SQLite and by whole months on PostgreSQL, and is not accepted any more.</summary>
    public int RetentionDays { get; init; }

    /// <summary>How far in the future an event's time may be, 0–525,600 minutes: clocks differ. Default 60.</summary>
    public TimeSpan MaxAhead { get; init; } = TimeSpan.FromMinutes(60);
}
