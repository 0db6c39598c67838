using BusIngest.Bus.Redis;
using BusIngest.Bus.Sagas.Remote;
using BusIngest.Bus.Storage;
using StackExchange.Redis;

namespace BusIngest.Bus.Sagas.Redis;

/// <summary>Reads and writes sagas in Redis, each write by compare-and-set on the version, and durable like the outbox's.</summary>
internal sealed class RedisSagaHashes(RedisMaster master, DurableWrites writes, RedisOptions options, TimeProvider time) : IRemoteSagas
{
    /// <summary>Changes of state that are kept of each saga.</summary>
    private const int HistoryLength = 50;

    /// <summary>As long as marks are kept by default: for so long a message may come again.</summary>
    private static readonly TimeSpan DeletedFor = TimeSpan.FromHours(24);

    /// <summary>Reads a saga.</summary>
    /// <exception cref="StorageUnavailableException">Redis is out of reach.</exception>
    public Task<RemoteSaga> FindAsync(string kind, Guid correlationId, CancellationToken cancellationToken) => GuardAsync(
        async deadline =>
        {
            var fields = await ReadAsync("HMGET", [new RedisSagaKeys(kind).Saga(correlationId), "v", "s", "d", "m", "p", "ps", "x", "u"], deadline);
            if (fields.Items() is not [{ IsNull: false } version, var state, var document, var message, var previous, var previousState, var deleted, var changed])
                return RemoteSaga.None;

            var (at, before) = ((long)version, previous.Bytes());
            return new RemoteSaga(
                deleted.IsNull ? new SagaSnapshot(at, state.Text(), document.Bytes()) : SagaSnapshot.None,
                at,
                Guid.Parse(message.Text()),
                DateTimeOffset.FromUnixTimeMilliseconds((long)changed),
                before.Length == 0 ? SagaSnapshot.None : new SagaSnapshot(at - 1, previousState.Text(), before));
        },
        cancellationToken);

    /// <summary>Writes a saga; completes when that is durable.</summary>
    /// <returns>False when it is not at the expected version.</returns>
    /// <exception cref="StorageUnavailableException">It is not durable, or nobody knows.</exception>
    public Task<bool> SaveAsync(string kind, Guid correlationId, long expected, SagaStep step, CancellationToken cancellationToken) => WriteAsync(
        RedisSagaScripts.Save,
        kind,
        correlationId,
        [
            expected, step.MessageId.ToString(), step.After.State, step.After.Document.ToArray(), time.GetUtcNow().ToUnixTimeMilliseconds(),
            correlationId.ToString(), step.Event, HistoryLength,
        ],
        step.After.Document.Length,
        cancellationToken);

    /// <summary>Deletes a saga; completes when that is durable.</summary>
    /// <returns>False when it is not at the expected version.</returns>
    /// <exception cref="StorageUnavailableException">It is not durable, or nobody knows.</exception>
    public Task<bool> DeleteAsync(string kind, Guid correlationId, long expected, Guid messageId, CancellationToken cancellationToken) => WriteAsync(
        RedisSagaScripts.Delete,
        kind,
        correlationId,
        [expected, messageId.ToString(), time.GetUtcNow().ToUnixTimeMilliseconds(), correlationId.ToString(), (long)DeletedFor.TotalMilliseconds],
        bytes: 0,
        cancellationToken);

    private Task<bool> WriteAsync(
        string script, string kind, Guid correlationId, object[] arguments, int bytes, CancellationToken cancellationToken)
    {
        var keys = new RedisSagaKeys(kind);
        object[] command = [script, 5, keys.Saga(correlationId), keys.All, keys.Seq, keys.History(correlationId), keys.States, .. arguments];
        return GuardAsync(async deadline => (int)await writes.WriteAsync("EVAL", command, bytes, deadline) == 1, cancellationToken);
    }

    private async Task<RedisResult> ReadAsync(string command, object[] arguments, CancellationToken deadline)
    {
        var connection = master.Connection;
        try
        {
            return await connection.SendAsync(command, arguments).WaitAsync(deadline);
        }
        catch (OperationCanceledException)
        {
            master.Suspect(connection);
            throw;
        }
    }

    /// <summary>Whoever consumes an event waits as long as two writes take, and has it delivered again if that was not enough.</summary>
    private async Task<T> GuardAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.WriteTimeout * 2, time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await work(deadline.Token);
        }
        catch (Exception exception) when (IsOutOfReach(exception) && !cancellationToken.IsCancellationRequested)
        {
            throw new StorageUnavailableException($"Sagas in Redis are out of reach: {exception.Message}", exception);
        }
    }

    /// <summary>A server that is loading, out of memory or without its replicas says so; anything else is wrong with the command.</summary>
    private static bool IsOutOfReach(Exception exception) => exception is RedisUnavailableException or OperationCanceledException
        || (exception is RedisServerException refused
            && !refused.Message.StartsWith("ERR", StringComparison.Ordinal) && !refused.Message.StartsWith("WRONGTYPE", StringComparison.Ordinal));
}
