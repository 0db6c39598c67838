using System.Text.Json;
using BusIngest.Contracts.Sync;

namespace BusIngest.Api.Sync;

/// <summary>A run that was begun.</summary>
/// <param name="RunId">The run.</param>
internal sealed record StartedRun(Guid RunId);

/// <summary>A page of runs, newest first.</summary>
/// <param name="Runs">The runs.</param>
/// <param name="Next">What to give as `after` for the next page; null at the end.</param>
internal sealed record RunPage(IReadOnlyList<RunView> Runs, string? Next);

/// <summary>The pace that the other side permits.</summary>
/// <param name="Limit">Requests of a window.</param>
/// <param name="Remaining">Those that were left when it was last asked.</param>
/// <param name="ResetAt">When the window ends.</param>
internal sealed record RateLimitView(int Limit, int Remaining, DateTimeOffset? ResetAt);

/// <summary>A run and how far it is.</summary>
internal sealed record RunView
{
    /// <summary>The run.</summary>
    public required Guid RunId { get; init; }

    /// <summary>The name of what it pulls from.</summary>
    public required string Source { get; init; }

    /// <summary>Fetching, Throttled, Paused, Completed, Failed or Cancelled.</summary>
    public required string State { get; init; }

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset RequestedAt { get; init; }

    /// <summary>When the first request was sent; null until then.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it was over; null until then.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Pages stored, those among them that were fetched again.</summary>
    public long Pages { get; init; }

    /// <summary>Events on them.</summary>
    public long EventsFetched { get; init; }

    /// <summary>Events that were not known.</summary>
    public long EventsStored { get; init; }

    /// <summary>Events that were: fetched again, or served twice.</summary>
    public long Duplicates { get; init; }

    /// <summary>What was served in place of events, and is in the table `sync_rejects`.</summary>
    public long Rejected { get; init; }

    /// <summary>How many events there are said to be; null when nothing is said.</summary>
    public long? Total { get; init; }

    /// <summary>How much of that is fetched, 0–100; null when it is not known.</summary>
    public double? Percent { get; init; }

    /// <summary>Events a second since it started.</summary>
    public double EventsPerSec { get; init; }

    /// <summary>How long it will take at that speed, in milliseconds; null when that is not known.</summary>
    public long? EtaMs { get; init; }

    /// <summary>How long it would take at the pace that is permitted, in milliseconds; null when that is not known.</summary>
    public long? EtaAtRateLimitMs { get; init; }

    /// <summary>That pace; null when it is not known.</summary>
    public RateLimitView? RateLimit { get; init; }

    /// <summary>What is known of that pace, and what was made of its hints; null: nothing, or another run has gone on.</summary>
    public PaceView? Pace { get; init; }

    /// <summary>Requests sent.</summary>
    public long Requests { get; init; }

    /// <summary>Those that were sent again after a failure.</summary>
    public long Retries { get; init; }

    /// <summary>Those that were refused as too many.</summary>
    public long Throttles { get; init; }

    /// <summary>Cursors that were not known any more.</summary>
    public long CursorExpiries { get; init; }

    /// <summary>Milliseconds that were spent on getting pages.</summary>
    public long FetchMs { get; init; }

    /// <summary>Milliseconds that were spent on storing them, most of them while others were got.</summary>
    public long StoreMs { get; init; }

    /// <summary>How often it was not heard of, and begun anew.</summary>
    public long Stalls { get; init; }

    /// <summary>What went wrong, and how often, by kind.</summary>
    public JsonElement? Faults { get; init; }

    /// <summary>What was wrong last; null when nothing was.</summary>
    public string? LastError { get; init; }

    /// <summary>When that was.</summary>
    public DateTimeOffset? LastErrorAt { get; init; }

    /// <summary>What is odd about the whole.</summary>
    public string? Note { get; init; }

    /// <summary>When it fetches again; null when it does so now, waits for a client, or is over.</summary>
    public DateTimeOffset? NextFetchAt { get; init; }

    /// <summary>How long ago it was last heard of; null before, and when it is over.</summary>
    public long? HeartbeatAgeMs { get; init; }

    /// <summary>How old the cursor of the next page is; null when there is none.</summary>
    public long? CursorAgeMs { get; init; }

    /// <summary>How it is asked, if a client said so.</summary>
    public SourceDefinition? Definition { get; init; }

    /// <summary>Whether it is over.</summary>
    internal bool IsOver => EndedAt is not null;
}
