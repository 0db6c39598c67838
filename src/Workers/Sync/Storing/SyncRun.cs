namespace BusIngest.Workers.Sync.Storing;

/// <summary>What a run has counted: a row of the table `sync_runs`, moved in the transactions that store its pages.</summary>
public sealed class SyncRun
{
    /// <summary>The run.</summary>
    public Guid RunId { get; init; }

    /// <summary>The name of what it pulls from.</summary>
    public required string Source { get; init; }

    /// <summary>Pages stored.</summary>
    public long Pages { get; set; }

    /// <summary>Events on them, known ones and doubles among them.</summary>
    public long EventsFetched { get; set; }

    /// <summary>Events of them that were stored.</summary>
    public long EventsStored { get; set; }

    /// <summary>What was rejected for the first time.</summary>
    public long Rejected { get; set; }

    /// <summary>How many events there are in all, as the other side says; null when it does not.</summary>
    public long? Total { get; set; }

    /// <summary>Requests sent.</summary>
    public long Requests { get; set; }

    /// <summary>Requests sent again after a failure.</summary>
    public long Retries { get; set; }

    /// <summary>Requests refused as too many.</summary>
    public long Throttles { get; set; }

    /// <summary>Cursors that were not known any more.</summary>
    public long CursorExpiries { get; set; }

    /// <summary>Failures by kind, as a JSON object.</summary>
    public string Faults { get; set; } = "{}";

    /// <summary>The requests of a window; null when that is not known.</summary>
    public int? RateLimit { get; set; }

    /// <summary>Those that were left when it was last asked.</summary>
    public int? RateRemaining { get; set; }

    /// <summary>When the window ends.</summary>
    public DateTimeOffset? RateResetAt { get; set; }

    /// <summary>How long a window is, in milliseconds.</summary>
    public long? RateWindowMs { get; set; }

    /// <summary>Milliseconds that were spent on getting pages.</summary>
    public long FetchMs { get; set; }

    /// <summary>Milliseconds that were spent on storing them, most of them while others were got.</summary>
    public long StoreMs { get; set; }

    /// <summary>When the first stretch began.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>The heartbeat.</summary>
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>What was wrong last; null when nothing was.</summary>
    public string? LastError { get; set; }

    /// <summary>When that was.</summary>
    public DateTimeOffset? LastErrorAt { get; set; }

    /// <summary>The row as it is now, to be stored while it goes on counting.</summary>
    internal SyncRun Copy() => (SyncRun)MemberwiseClone();
}
