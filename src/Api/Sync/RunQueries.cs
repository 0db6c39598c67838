using System.Text.Json;
using BusIngest.Api.Hosting;
using BusIngest.Bus.Sagas;
using BusIngest.Bus.Storage;
using BusIngest.Sagas.Sync;
using BusIngest.Workers.Sync.Storing;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Api.Sync;

/// <summary>Reads runs.</summary>
internal sealed class RunQueries(ISagaDocuments sagas, IMainDatabase database, TimeProvider time)
{
    /// <summary>So many sagas are read at a time where most may be of other sources.</summary>
    private const int RowsAtOnce = 1_000;

    /// <summary>Less than the pause of a stream.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(200);

    private readonly SharedReads<Guid, RunView?> _streamed = new(time, Moment);

    /// <summary>One run; null for an unknown id.</summary>
    public async Task<RunView?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        await sagas.FindAsync(SyncRunState.Kind, id, cancellationToken) is { } saga ? (await ShowAsync([Read(saga)], cancellationToken))[0] : null;

    /// <summary>One run as it was a moment ago, read once for all streams of it; null for an unknown id.</summary>
    public Task<RunView?> FindSharedAsync(Guid id) => _streamed.ReadAsync(id, run => FindAsync(run, CancellationToken.None));

    /// <summary>Several runs; without those of unknown ids.</summary>
    public async Task<List<RunView>> FindAllAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        var found = new List<SyncRunState>(ids.Count);
        foreach (var id in ids)
        {
            if (await sagas.FindAsync(SyncRunState.Kind, id, cancellationToken) is { } saga)
                found.Add(Read(saga));
        }

        return [.. await ShowAsync(found, cancellationToken)];
    }

    /// <summary>Whether a run is there.</summary>
    public async Task<bool> ExistsAsync(Guid id, CancellationToken cancellationToken) =>
        await sagas.FindAsync(SyncRunState.Kind, id, cancellationToken) is not null;

    /// <summary>What cursors of the listing belong to.</summary>
    public static CursorScope Scope(string? state, string? source) => CursorScope.Of("sync-runs", state, source);

    /// <summary>A page, newest first.</summary>
    /// <param name="page">Which.</param>
    /// <param name="state">One of <see cref="RunStates.All"/>; null: all.</param>
    /// <param name="source">A source's name; null: all.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public async Task<RunPage> ListAsync(PageRequest page, string? state, string? source, CancellationToken cancellationToken)
    {
        var found = new List<(long Seq, SyncRunState Run)>();
        var after = page.After;
        while (found.Count < page.Rows)
        {
            var rows = await sagas.ListAsync(SyncRunState.Kind, state, after, source is null ? page.Rows : RowsAtOnce, cancellationToken);
            found.AddRange(rows.Select(row => (row.Seq, Read(row)))
                .Where(row => source is null || string.Equals(row.Item2.Source.Name, source, StringComparison.Ordinal)));
            if (source is null || rows.Count < RowsAtOnce)
                break;
            after = rows[^1].Seq;
        }

        found = [.. found.Take(page.Rows)];
        var next = page.Cut(found, row => row.Seq);
        return new RunPage(await ShowAsync([.. found.Select(row => row.Run)], cancellationToken), next);
    }

    private async Task<IReadOnlyList<RunView>> ShowAsync(IReadOnlyList<SyncRunState> states, CancellationToken cancellationToken)
    {
        var ids = states.Select(state => state.CorrelationId).ToList();
        await using var context = new SyncContext(database);
        // The checkpoint first: what was counted is then never behind it.
        var checkpoints = await context.ReadAsync(() => context.Checkpoints.Where(x => ids.Contains(x.RunId)).ToListAsync(cancellationToken));
        var runs = await context.ReadAsync(() => context.Runs.Where(x => ids.Contains(x.RunId)).ToListAsync(cancellationToken));
        var now = time.GetUtcNow();
        return
        [
            .. states.Select(state => RunViews.Of(
                state, runs.Find(run => run.RunId == state.CorrelationId), checkpoints.Find(x => x.RunId == state.CorrelationId), now)),
        ];
    }

    private static SyncRunState Read(SagaDocument saga)
    {
        var run = JsonSerializer.Deserialize(saga.Document.Span, SyncStateJson.Default.SyncRunState)
            ?? throw new InvalidDataException("A saga's document is null");
        run.CurrentState = saga.State;
        return run;
    }
}
