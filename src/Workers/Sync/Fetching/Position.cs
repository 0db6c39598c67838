using BusIngest.Workers.Sync.Pacing;
using BusIngest.Workers.Sync.Pages;
using BusIngest.Workers.Sync.Sources;
using BusIngest.Workers.Sync.Storing;

namespace BusIngest.Workers.Sync.Fetching;

/// <summary>Where a stretch is: ahead of the checkpoint by the pages that wait for their being stored. Not thread-safe.</summary>
/// <param name="start">Where it begins.</param>
/// <param name="source">What it pulls.</param>
/// <param name="longestWait">The longest wait, whatever a hint says.</param>
internal sealed class Position(ClaimedRun start, PullSource source, TimeSpan longestWait)
{
    private readonly SyncCheckpoint _start = start.Checkpoint;
    /// <summary>The events of a last page, which is asked for again if it came too early.</summary>
    private int? _last;

    /// <summary>The source's name.</summary>
    public string Source => _start.Source;

    /// <summary>Where the next page begins; null: at the first one.</summary>
    public string? Cursor { get; private set; } = start.Checkpoint.Cursor;

    /// <summary>When the other side gave the cursor.</summary>
    public DateTimeOffset? CursorAt { get; private set; } = start.Checkpoint.CursorAt;

    /// <summary>How long it lives from then on; null: nobody knows.</summary>
    public TimeSpan? CursorLife { get; private set; } =
        start.Checkpoint.CursorLifeMs is { } ms ? TimeSpan.FromMilliseconds(ms) : null;

    /// <summary>When the cursor expires; null: there is none, or nobody knows.</summary>
    public DateTimeOffset? UseBy => Cursor is not null && CursorAt + CursorLife is { } end ? end : null;

    /// <summary>Pages since the first one was last asked for.</summary>
    public int PassPages { get; private set; } = start.Checkpoint.PassPages;

    /// <summary>Events on them.</summary>
    public long PassEvents { get; private set; } = start.Checkpoint.PassEvents;

    /// <summary>The pace of the source and its key.</summary>
    public Pacer Pacer { get; } = new(start.Paces.Of(source.KeyPrint), longestWait);

    /// <summary>How many pages are left; null: nobody knows.</summary>
    public long? PagesToGo
    {
        get
        {
            if (Tally.Total is not { } total)
                return null;

            var ofPage = PassPages > 0 && PassEvents > 0 ? (double)PassEvents / PassPages : source.PageSize;
            return (long)Math.Ceiling(Math.Max(0, total - PassEvents) / ofPage);
        }
    }

    /// <summary>What the run has counted.</summary>
    public RunTally Tally { get; } = new(start.Run);

    /// <summary>Goes on behind a page; at the last one it stays, so that it can be asked for again.</summary>
    /// <param name="page">The page.</param>
    /// <param name="isLast">Whether it is the last one.</param>
    /// <param name="answeredAt">When it was there.</param>
    /// <param name="life">How long its cursor lives; null: nobody knows.</param>
    public void Advance(FetchedPage page, bool isLast, DateTimeOffset answeredAt, TimeSpan? life)
    {
        if (!isLast)
            (Cursor, CursorAt) = (page.NextCursor, answeredAt);
        CursorLife = life ?? CursorLife;
        PassPages += _last is null ? 1 : 0;
        PassEvents += page.Count - (_last ?? 0);
        _last = isLast ? page.Count : null;
        Tally.NotePage(page, PassEvents);
    }

    /// <summary>What is to be stored with the page behind which it is now, or without one.</summary>
    /// <param name="holder">Who works at the source.</param>
    /// <param name="now">The time.</param>
    public PageCommit Commit(Guid holder, DateTimeOffset now) => new()
    {
        Holder = holder,
        Run = Tally.At(now, Pacer.State),
        Checkpoint = new SyncCheckpoint
        {
            Source = _start.Source,
            Cursor = Cursor,
            CursorAt = CursorAt,
            CursorLifeMs = (long?)CursorLife?.TotalMilliseconds,
            PassPages = PassPages,
            PassEvents = PassEvents,
            Pace = start.Paces.With(source.KeyPrint, Pacer.State).Serialize(),
            UpdatedAt = now,
        },
    };
}
