using System.Text.Json;
using BusIngest.Workers.Sync.Pacing;
using BusIngest.Workers.Sync.Pages;
using BusIngest.Workers.Sync.Storing;

namespace BusIngest.Workers.Sync.Fetching;

/// <summary>Where a stretch is: ahead of the checkpoint by the pages that wait for their being stored. Not thread-safe.</summary>
internal sealed class Position(ClaimedRun start)
{
    private readonly SyncCheckpoint _start = start.Checkpoint;

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

    /// <summary>The pace.</summary>
    public Pacer Pacer { get; } = new(ReadPace(start.Checkpoint.Pace));

    /// <summary>What the run has counted.</summary>
    public RunTally Tally { get; } = new(start.Run);

    /// <summary>Goes on behind a page; at the last one it stays, so that it can be asked for again.</summary>
    public void Advance(FetchedPage page, DateTimeOffset answeredAt)
    {
        if (page.IsFollowed)
            (Cursor, CursorAt) = (page.NextCursor, answeredAt);
        CursorLife = page.CursorLife ?? CursorLife;
        PassPages++;
        PassEvents += page.Count;
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
            Pace = JsonSerializer.Serialize(Pacer.State, PaceJson.Default.PaceState),
            UpdatedAt = now,
        },
    };

    private static PaceState ReadPace(string? json) =>
        json is null ? new PaceState() : JsonSerializer.Deserialize(json, PaceJson.Default.PaceState) ?? new PaceState();
}
