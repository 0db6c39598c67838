namespace BusIngest.Sagas.Orders;

/// <summary>In what pieces a run is worked off.</summary>
public sealed record OrderRunOptions
{
    /// <summary>Orders generated, and stored in one transaction, by one message: 1–100,000. Default 10,000.</summary>
    public int ChunkSize { get; init; } = 10_000;

    /// <summary>The most NORMAL orders of a batch: 1–100,000. Default 10,000. A batch of VIP orders is those of one chunk.</summary>
    public int BatchSize { get; init; } = 10_000;

    /// <summary>The most chunks that are asked for and not generated yet, 1–1,000. Default 25.</summary>
    public int ChunksInHand { get; init; } = 25;
}
