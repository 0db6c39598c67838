namespace BusIngest.Workers.Sync.Storing;

/// <summary>
/// How far a source is pulled: a row of the table `sync_checkpoint`. It moves with the pages, in their transactions, and only whoever
/// holds it may move it: that fences off a process that was taken for dead.
/// </summary>
public sealed class SyncCheckpoint
{
    /// <summary>The source's name.</summary>
    public required string Source { get; init; }

    /// <summary>The last run.</summary>
    public Guid RunId { get; init; }

    /// <summary>Which run of the source it is.</summary>
    public long Epoch { get; init; }

    /// <summary>The last stretch of it.</summary>
    public long Stretch { get; init; }

    /// <summary>Who works at that; null: nobody may.</summary>
    public Guid? Holder { get; init; }

    /// <summary>Where the next page begins; null: at the first one.</summary>
    public string? Cursor { get; init; }

    /// <summary>When the other side gave the cursor; null when there is none.</summary>
    public DateTimeOffset? CursorAt { get; init; }

    /// <summary>How long it lives from then on, in milliseconds; null when that was not said.</summary>
    public long? CursorLifeMs { get; init; }

    /// <summary>Pages stored since the first page was last asked for.</summary>
    public int PassPages { get; init; }

    /// <summary>Events on those pages, known ones and doubles among them.</summary>
    public long PassEvents { get; init; }

    /// <summary>Events of the source that are stored, of all its runs.</summary>
    public long SourceEvents { get; init; }

    /// <summary>What is known of the pace that the other side permits, as JSON; null: nothing.</summary>
    public string? Pace { get; init; }

    /// <summary>The heartbeat: when it was last moved or taken.</summary>
    public DateTimeOffset UpdatedAt { get; init; }
}
