using System.Text.Json;
using BusIngest.Api.Hosting;
using BusIngest.Bus.Sagas;
using BusIngest.Bus.Sagas.Remote;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Api.Sagas;

/// <summary>Reads sagas, from wherever their kind is kept.</summary>
internal sealed class SagaQueries(SagasContext context, SagaKinds kinds, IEnumerable<IKeptSagas> elsewhere)
{
    /// <summary>How many there are of each kind and state. It walks the index once, and reads no saga.</summary>
    public async Task<SagaCounts> CountAsync(CancellationToken cancellationToken)
    {
        var counted = await context.Instances
            .GroupBy(x => new { x.Kind, x.State })
            .Select(group => new { group.Key.Kind, group.Key.State, Count = group.LongCount() })
            .ToListAsync(cancellationToken);
        var byKind = counted.ToLookup(row => row.Kind, StringComparer.Ordinal);
        var all = new List<SagaKindCounts>();
        foreach (var kind in kinds.Names)
        {
            all.Add(Sum(kind, Keeper(kind) is { } keeper
                ? await keeper.CountAsync(kind, kinds.Find(kind)?.States ?? [], cancellationToken)
                : byKind[kind].Select(row => (row.State, row.Count))));
        }

        return new SagaCounts(all);
    }

    /// <summary>What cursors of the listing belong to.</summary>
    public static CursorScope Scope(string? kind, string? state) => CursorScope.Of("sagas", kind, state);

    /// <summary>A page of one kind, newest first.</summary>
    /// <param name="page">Which.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="states">Only sagas in these states; at least one.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public async Task<SagaPage> ListAsync(PageRequest page, string kind, IReadOnlyList<string> states, CancellationToken cancellationToken)
    {
        if (Keeper(kind) is { } keeper)
        {
            var sagas = (await keeper.ListAsync(kind, states.Count == 1 ? states[0] : null, page.After, page.Rows, cancellationToken)).ToList();
            var after = page.Cut(sagas, saga => saga.Seq);
            return new SagaPage(
                [.. sagas.Select(saga => new SagaSummary(saga.CorrelationId, kind, saga.State, saga.Version, saga.CreatedAt, saga.UpdatedAt))], after);
        }

        // The newest of each state, and of these the newest: the index has them in this order, by kind and state.
        var rows = await states.Select(state => Newest(page, kind, state)).Aggregate((all, more) => all.Concat(more))
            .OrderByDescending(x => x.Seq)
            .Take(page.Rows)
            .ToListAsync(cancellationToken);
        var next = page.Cut(rows, row => row.Seq);
        return new SagaPage(
            [.. rows.Select(row => new SagaSummary(row.CorrelationId, kind, row.State, row.Version, row.CreatedAt, row.UpdatedAt))], next);
    }

    /// <summary>One saga with its history, or null.</summary>
    public async Task<SagaView?> FindAsync(string kind, Guid correlationId, CancellationToken cancellationToken)
    {
        if (Keeper(kind) is { } keeper)
            return await keeper.FindAsync(kind, correlationId, cancellationToken) is { } kept ? Show(kept.Saga, kept.Transitions) : null;

        // In one statement, so that the last change of the history leads to the state.
        var found = await context.Instances
            .Where(x => x.CorrelationId == correlationId && x.Kind == kind)
            .Select(x => new { Saga = x, Transitions = context.Transitions.Where(t => t.SagaSeq == x.Seq).OrderBy(t => t.Seq).ToList() })
            .SingleOrDefaultAsync(cancellationToken);
        return found is null ? null : Show(found.Saga, found.Transitions);
    }

    private IKeptSagas? Keeper(string kind) => elsewhere.FirstOrDefault(keeper => keeper.Keeps(kind));

    private static SagaView Show(SagaInstance saga, IEnumerable<SagaTransition> transitions) => new(
        saga.CorrelationId,
        saga.Kind,
        saga.State,
        saga.Version,
        saga.CreatedAt,
        saga.UpdatedAt,
        JsonElement.Parse(saga.Document),
        [.. transitions.Select(x => new SagaTransitionView(x.Version, x.Event, x.FromState, x.ToState, x.At, x.MessageId))]);

    private IQueryable<Row> Newest(PageRequest page, string kind, string state)
    {
        var query = context.Instances.Where(x => x.Kind == kind && x.State == state);
        if (page.After is { } after)
            query = query.Where(x => x.Seq < after);
        return query
            .OrderByDescending(x => x.Seq)
            .Take(page.Rows)
            .Select(x => new Row
            {
                Seq = x.Seq, CorrelationId = x.CorrelationId, State = x.State, Version = x.Version, CreatedAt = x.CreatedAt, UpdatedAt = x.UpdatedAt,
            });
    }

    private SagaKindCounts Sum(string kind, IEnumerable<(string State, long Count)> counted)
    {
        var states = new OrderedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var state in kinds.Find(kind)?.States ?? [])
            states[state] = 0;
        // Those of a state that the machine no longer has are counted as well.
        foreach (var (state, count) in counted)
            states[state] = count;
        return new SagaKindCounts(kind, states, states.Values.Sum());
    }

    /// <summary>A saga without its document, which a list does not show.</summary>
    private sealed class Row
    {
        public long Seq { get; init; }

        public Guid CorrelationId { get; init; }

        public required string State { get; init; }

        public long Version { get; init; }

        public DateTimeOffset CreatedAt { get; init; }

        public DateTimeOffset UpdatedAt { get; init; }
    }
}
