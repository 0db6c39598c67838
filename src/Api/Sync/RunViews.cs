using System.Text.Json;
using BusIngest.Sagas.Sync;
using BusIngest.Workers.Sync.Storing;

namespace BusIngest.Api.Sync;

/// <summary>Puts together what a run's saga has decided and what its pages have counted.</summary>
internal static class RunViews
{
    /// <summary>A run as of now.</summary>
    /// <param name="saga">What was decided.</param>
    /// <param name="run">What was counted; null: nothing yet.</param>
    /// <param name="checkpoint">How far its source is; null: nowhere yet, or another run has gone on.</param>
    /// <param name="now">The time.</param>
    public static RunView Of(SyncRunState saga, SyncRun? run, SyncCheckpoint? checkpoint, DateTimeOffset now)
    {
        var view = new RunView
        {
            RunId = saga.CorrelationId,
            Source = saga.Source.Name,
            State = saga.CurrentState,
            RequestedAt = saga.RequestedAt,
            EndedAt = saga.EndedAt,
            Stalls = saga.Stalls,
            LastError = saga.LastError,
            Note = saga.Note,
            NextFetchAt = saga.NextFetchAt,
            Definition = saga.Source.Definition,
        };
        return run is null ? view : Count(view, run, checkpoint, now);
    }

    private static RunView Count(RunView view, SyncRun run, SyncCheckpoint? checkpoint, DateTimeOffset now)
    {
        var fetched = checkpoint?.PassEvents ?? run.EventsFetched;
        // What is odd about a completed run may be that not all of it was there.
        var isComplete = view.Note is null && string.Equals(view.State, RunStates.Completed, StringComparison.Ordinal);
        var left = view.IsOver ? null : run.Total - fetched;
        var seconds = (run.UpdatedAt - run.StartedAt).TotalSeconds;
        var perSecond = seconds > 0 ? run.EventsFetched / seconds : 0;
        return view with
        {
            StartedAt = run.StartedAt,
            Pages = run.Pages,
            EventsFetched = run.EventsFetched,
            EventsStored = run.EventsStored,
            Duplicates = Math.Max(0, run.EventsFetched - run.EventsStored - run.Rejected),
            Rejected = run.Rejected,
            Total = run.Total,
            Percent = isComplete ? 100 : run.Total is > 0 and var total ? Math.Round(Math.Min(100, 100.0 * fetched / total), 2) : null,
            EventsPerSec = Math.Round(perSecond, 1),
            EtaMs = left is { } events && perSecond > 0 ? (long)(Math.Max(0, events) / perSecond * 1_000) : null,
            EtaAtRateLimitMs = EtaAtRateLimit(run, left),
            RateLimit = run.RateLimit is { } limit ? new RateLimitView(limit, run.RateRemaining ?? 0, run.RateResetAt) : null,
            Pace = PaceView.Read(checkpoint?.Pace),
            Requests = run.Requests,
            Retries = run.Retries,
            Throttles = run.Throttles,
            CursorExpiries = run.CursorExpiries,
            FetchMs = run.FetchMs,
            StoreMs = run.StoreMs,
            Faults = JsonElement.Parse(run.Faults),
            LastError = view.LastError is { } decided && view.IsOver ? decided : run.LastError ?? view.LastError,
            LastErrorAt = run.LastErrorAt,
            HeartbeatAgeMs = view.IsOver ? null : Age(run.UpdatedAt, now),
            CursorAgeMs = view.IsOver ? null : Age(checkpoint?.CursorAt, now),
        };
    }

    /// <summary>Whole pages, each a request.</summary>
    private static long? EtaAtRateLimit(SyncRun run, long? left) =>
        left is { } events && run is { RateLimit: > 0 and var limit, RateWindowMs: { } window, Pages: > 0, EventsFetched: > 0 }
            ? (long)(Math.Max(0, Math.Ceiling(Math.Max(0, events) / ((double)run.EventsFetched / run.Pages)) - (run.RateRemaining ?? 0)) / limit * window)
            : null;

    private static long? Age(DateTimeOffset? since, DateTimeOffset now) => since is { } at ? (long)Math.Max(0, (now - at).TotalMilliseconds) : null;
}
