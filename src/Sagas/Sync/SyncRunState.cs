using BusIngest.Bus.Sagas;
using BusIngest.Contracts.Sync;

namespace BusIngest.Sagas.Sync;

/// <summary>A run, as it is kept: what was decided. What it counts is kept with the pages, in the table `sync_runs`.</summary>
public sealed class SyncRunState : ISagaDocument
{
    /// <summary>The kind under which runs are kept and listed.</summary>
    public const string Kind = "sync-run";

    /// <summary>The run's id.</summary>
    public Guid CorrelationId { get; set; }

    /// <summary>Fetching, Throttled, Paused, Completed, Failed or Cancelled.</summary>
    public string CurrentState { get; set; } = "";

    /// <inheritdoc />
    public int SchemaVersion { get; set; } = 1;

    /// <summary>What it pulls from.</summary>
    public RunSource Source { get; set; } = null!;

    /// <summary>Which run of its source it is.</summary>
    public long Epoch { get; set; }

    /// <summary>The last stretch that was begun, or shut out.</summary>
    public long Stretch { get; set; }

    /// <summary>When the client asked for it.</summary>
    public DateTimeOffset RequestedAt { get; set; }

    /// <summary>When it was over; null until then.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>When it fetches again; null when it does so now, or waits for a client.</summary>
    public DateTimeOffset? NextFetchAt { get; set; }

    /// <summary>Whether a client paused it; else it is Paused because its source is down.</summary>
    public bool PausedByClient { get; set; }

    /// <summary>Stretches in a row that stored no page.</summary>
    public int Failures { get; set; }

    /// <summary>Expired cursors in a row without an event in between that was not known.</summary>
    public int FruitlessPasses { get; set; }

    /// <summary>Passes in a row that ended because cursors led back to an earlier page, without an event in between that was not known.</summary>
    public int Circles { get; set; }

    /// <summary>Whether the next stretch asks without regard to what was learned of the source's pace.</summary>
    public bool ForgetPace { get; set; }

    /// <summary>Whether the next stretch begins at the first page.</summary>
    public bool FromFirstPage { get; set; }

    /// <summary>How often a stretch stalled.</summary>
    public int Stalls { get; set; }

    /// <summary>What was wrong last; null when nothing was.</summary>
    public string? LastError { get; set; }

    /// <summary>What was odd about the whole; null when nothing was.</summary>
    public string? Note { get; set; }

    /// <summary>The scheduled <c>FetchDue</c>.</summary>
    public Guid? FetchToken { get; set; }

    /// <summary>The scheduled <c>StallDue</c>.</summary>
    public Guid? StallToken { get; set; }
}
