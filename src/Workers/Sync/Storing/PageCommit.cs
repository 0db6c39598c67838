using BusIngest.Workers.Sync.Pages;

namespace BusIngest.Workers.Sync.Storing;

/// <summary>What is stored of a page in one transaction: its events, the checkpoint behind it, and what the run has counted.</summary>
internal sealed record PageCommit
{
    /// <summary>Who works at the source.</summary>
    public required Guid Holder { get; init; }

    /// <summary>The events.</summary>
    public IReadOnlyList<PulledEvent> Events { get; init; } = [];

    /// <summary>What was no event.</summary>
    public IReadOnlyList<RejectedItem> Rejects { get; init; } = [];

    /// <summary>The checkpoint as it will be; whose it is does not change.</summary>
    public required SyncCheckpoint Checkpoint { get; init; }

    /// <summary>What the run has counted, but for what the transaction itself finds out.</summary>
    public required SyncRun Run { get; init; }
}
