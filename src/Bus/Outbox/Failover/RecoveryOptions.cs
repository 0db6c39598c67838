namespace BusIngest.Bus.Outbox.Failover;

/// <summary>How what is parked in the inbox is sent once the lane is back.</summary>
public sealed record RecoveryOptions
{
    /// <summary>Rows that are sent at a time, 1–10,000; fewer where they are large. Default 1,000.</summary>
    public int ChunkSize { get; init; } = 1_000;

    /// <summary>The pause after each of these, 0–1 minute. Default 0: several are under way at once.</summary>
    public TimeSpan Cooldown { get; init; } = TimeSpan.Zero;

    /// <summary>How often it is looked for rows while the lane is in use, 10 ms–1 h; when the breaker closes, it is at once. Default 1 s.</summary>
    public TimeSpan CheckInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the lane may take to confirm a message, 50 ms–1 minute. Nobody waits for it. Default 2 s.</summary>
    public TimeSpan PublishTimeout { get; init; } = TimeSpan.FromSeconds(2);
}
