namespace BusIngest.Bus.Outbox;

/// <summary>How records are gathered into chunks, and how long a caller may be kept waiting.</summary>
public sealed record OutboxOptions
{
    /// <summary>The most records in one chunk, 1–100,000. Default 1,000.</summary>
    public int MaxChunkRecords { get; init; } = 1_000;

    /// <summary>The size in bytes past which a chunk is closed, 1 KiB–16 MiB. Default 256 KiB.</summary>
    public int MaxChunkBytes { get; init; } = 256 * 1024;

    /// <summary>How long a caller waits for durability before it is refused, 100 ms–60 s. Default 5 s.</summary>
    public TimeSpan AcceptTimeout { get; init; } = TimeSpan.FromSeconds(5);
}
