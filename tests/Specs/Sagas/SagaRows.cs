using BusIngest.Bus.Storage;

namespace BusIngest.Specs.Sagas;

/// <summary>Writes sagas as a repository would, straight into the file.</summary>
internal static class SagaRows
{
    /// <summary>When the first saga was created; the n-th was n seconds later.</summary>
    public static readonly DateTimeOffset Start = FakeClock.Start;

    /// <summary>Adds sagas in one state, and gives their ids in the order of their creation.</summary>
    public static async Task<IReadOnlyList<Guid>> AddSagasAsync(this MainDatabase database, string kind, string state, int count = 1)
    {
        var ids = Enumerable.Range(0, count).Select(_ => Guid.NewGuid()).ToList();
        await database.Writer.WriteAsync(count, session => ids.Sum(id => session
            .Statement("""
                INSERT INTO sagas (seq, kind, correlation_id, state, version, created_at, updated_at, document)
                SELECT ifnull(max(seq), 0) + 1, ?1, ?2, ?3, 2, ?4 + 1000 * count(*), ?4 + 1000 * count(*) + 500,
                       json_object('correlationId', ?2, 'currentState', ?3, 'nested', json('{"a":[1,null]}'))
                FROM sagas
                """)
            .Bind(1, kind).Bind(2, id).Bind(3, state).Bind(4, Start.ToUnixTimeMilliseconds()).Execute()));
        return ids;
    }

    /// <summary>Adds a change of a saga's state.</summary>
    public static Task AddTransitionAsync(
        this MainDatabase database, Guid saga, long version, string @event, string from, string to, Guid messageId) =>
        database.Writer.WriteAsync(1, session => session
            .Statement("""
                INSERT INTO saga_transitions (seq, saga_seq, version, event, message_id, from_state, to_state, at)
                SELECT (SELECT count(*) + 1 FROM saga_transitions), seq, ?2, ?3, ?4, ?5, ?6, ?7 FROM sagas WHERE correlation_id = ?1
                """)
            .Bind(1, saga).Bind(2, version).Bind(3, @event).Bind(4, messageId).Bind(5, from).Bind(6, to)
            .Bind(7, Start.AddSeconds(version).ToUnixTimeMilliseconds()).Execute());
}
