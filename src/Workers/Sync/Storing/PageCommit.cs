using BusIngest.Workers.Sync.Pages;

namespace BusIngest.Workers.Sync.Storing;

/// <summary>What is stored in one transaction: pages, the checkpoint behind the last of them, and what the run has counted.</summary>
internal sealed record PageCommit
{
    /// <summary>Who works at the source.</summary>
    public required Guid Holder { get; init; }

    /// <summary>The pages, in their order.</summary>
    public IReadOnlyList<FetchedPage> Pages { get; init; } = [];

    /// <summary>The checkpoint as it will be; whose it is does not change.</summary>
    public required SyncCheckpoint Checkpoint { get; init; }

    /// <summary>What the run has counted, but for what the transaction itself finds out.</summary>
    public required SyncRun Run { get; init; }

    /// <summary>How many events are on the pages, known ones and doubles among them.</summary>
    public int EventCount => Pages.Sum(page => page.Memory.Count);

    /// <summary>What was no event.</summary>
    public IReadOnlyList<RejectedItem> Rejects => [.. Pages.SelectMany(page => page.Rejects)];
}
