using System.Globalization;
using System.Text;
using System.Text.Json;
using BusIngest.Bus.Redis;
using BusIngest.Bus.Sagas.Remote;
using BusIngest.Bus.Storage;
using StackExchange.Redis;

namespace BusIngest.Bus.Sagas.Redis;

/// <summary>Lists the sagas that are kept in Redis. Of each, the last 50 changes of state are there.</summary>
/// <exception cref="StorageUnavailableException">Redis is out of reach.</exception>
public sealed class RedisSagas : IKeptSagas
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly RedisMaster _master;
    private readonly TimeProvider _time;
    private readonly HashSet<string> _kinds;

    internal RedisSagas(RedisMaster master, IEnumerable<RemoteSagaKind> kinds, TimeProvider time)
    {
        _master = master;
        _time = time;
        _kinds = kinds.Where(kind => kind.Keeper == typeof(RedisSagas)).Select(kind => kind.Name).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Whether sagas of this kind are in Redis.</summary>
    public bool Keeps(string kind) => _kinds.Contains(kind);

    /// <summary>How many sagas of a kind are in each of these states.</summary>
    public Task<IReadOnlyList<(string State, long Count)>> CountAsync(string kind, IReadOnlyList<string> states, CancellationToken cancellationToken) => ReadAsync(
        async (connection, deadline) =>
        {
            var keys = new RedisSagaKeys(kind);
            var counts = await Task.WhenAll(states.Select(state => connection.SendAsync("ZCARD", keys.States + state))).WaitAsync(deadline);
            return (IReadOnlyList<(string, long)>)[.. states.Zip(counts.Select(count => (long)count))];
        },
        cancellationToken);

    /// <inheritdoc />
    public Task<long> CountAsync(string kind, long last, CancellationToken cancellationToken) => ReadAsync(
        async (connection, deadline) => (long)await connection.SendAsync("ZCOUNT", new RedisSagaKeys(kind).All, "-inf", last).WaitAsync(deadline),
        cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<SagaInstance>> FindAsync(string kind, IReadOnlyCollection<Guid> correlationIds, CancellationToken cancellationToken) => ReadAsync(
        async (connection, deadline) =>
        {
            var keys = new RedisSagaKeys(kind);
            var found = await Task.WhenAll(correlationIds.Select(id => FindAsync(connection, keys, id))).WaitAsync(deadline);
            return (IReadOnlyList<SagaInstance>)[.. found.OfType<SagaInstance>()];
        },
        cancellationToken);

    /// <summary>Sagas of one kind, newest first.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="state">Only those in this state; null: all.</param>
    /// <param name="before">Only those created before the one of this <see cref="SagaInstance.Seq"/>; null: from the newest.</param>
    /// <param name="limit">The most to be read.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public Task<IReadOnlyList<SagaInstance>> ListAsync(string kind, string? state, long? before, int limit, CancellationToken cancellationToken) => ReadAsync(
        async (connection, deadline) =>
        {
            var keys = new RedisSagaKeys(kind);
            var last = before is { } seq ? string.Create(CultureInfo.InvariantCulture, $"({seq}") : "+inf";
            var ids = await connection
                .SendAsync("ZREVRANGEBYSCORE", state is null ? keys.All : keys.States + state, last, "-inf", "LIMIT", 0, limit)
                .WaitAsync(deadline);
            var found = await Task.WhenAll(ids.Items().Select(id => FindAsync(connection, keys, Guid.Parse(id.Text())))).WaitAsync(deadline);
            // One that has been deleted, or has changed its state, since the ids were read.
            return (IReadOnlyList<SagaInstance>)
                [.. found.OfType<SagaInstance>().Where(saga => state is null || string.Equals(saga.State, state, StringComparison.Ordinal))];
        },
        cancellationToken);

    /// <summary>One saga, and its last changes of state, oldest first; null when there is none.</summary>
    public Task<(SagaInstance Saga, IReadOnlyList<SagaTransition> Transitions)?> FindAsync(string kind, Guid correlationId, CancellationToken cancellationToken) => ReadAsync(
        async (connection, deadline) =>
        {
            var keys = new RedisSagaKeys(kind);
            var history = connection.SendAsync("LRANGE", keys.History(correlationId), 0, -1);
            var saga = await FindAsync(connection, keys, correlationId).WaitAsync(deadline);
            var steps = (await history.WaitAsync(deadline)).Items();
            return saga is null ? ((SagaInstance, IReadOnlyList<SagaTransition>)?)null : (saga, [.. steps.Select(step => ReadStep(saga.Seq, step.Text()))]);
        },
        cancellationToken);

    private static async Task<SagaInstance?> FindAsync(RedisConnection connection, RedisSagaKeys keys, Guid correlationId)
    {
        var fields = await connection.SendAsync("HMGET", keys.Saga(correlationId), "v", "s", "d", "q", "c", "u", "x");
        return fields.Items() is [{ IsNull: false } version, var state, var document, var seq, var created, var updated, { IsNull: true }]
            ? new SagaInstance
            {
                Seq = (long)seq,
                Kind = keys.Kind,
                CorrelationId = correlationId,
                State = state.Text(),
                Version = (long)version,
                CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds((long)created),
                UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds((long)updated),
                Document = Encoding.UTF8.GetString(document.Bytes()),
            }
            : null;
    }

    private static SagaTransition ReadStep(long sagaSeq, string step)
    {
        var json = JsonElement.Parse(step);
        var version = json.GetProperty("version").GetInt64();
        return new SagaTransition
        {
            Seq = version,
            SagaSeq = sagaSeq,
            Version = version,
            Event = json.GetProperty("event").GetString()!,
            MessageId = json.GetProperty("messageId").GetGuid(),
            FromState = json.GetProperty("from").GetString()!,
            ToState = json.GetProperty("to").GetString()!,
            // Lua writes large numbers as 1.795e+12.
            At = DateTimeOffset.FromUnixTimeMilliseconds((long)json.GetProperty("at").GetDouble()),
        };
    }

    private async Task<T> ReadAsync<T>(Func<RedisConnection, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, _time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await read(_master.Connection, deadline.Token);
        }
        catch (Exception exception) when (exception is RedisUnavailableException or RedisServerException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new StorageUnavailableException($"Sagas in Redis are out of reach: {exception.Message}", exception);
        }
    }
}
