using System.Globalization;
using StackExchange.Redis;

namespace BusIngest.Bus.Redis;

/// <summary>
/// Writes that count only when they would survive the loss of the master: all its replicas have them or, where the server is alone, its
/// append-only file has. Those of concurrent callers share a pipeline and one `WAIT`.
/// </summary>
internal sealed class DurableWrites(RedisMaster master, RedisOptions options, TimeProvider time)
{
    private const int MaxBatch = 256;
    private const int MaxBatchBytes = 8 << 20;
    private const int MaxWaiting = 10_000;

    /// <summary>What is left of a write's time for its way there and back, once the replicas have had theirs.</summary>
    private static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly Queue<PendingWrite> _waiting = new();
    private bool _sending;

    /// <summary>Sends a command, and gives its answer once it is durable.</summary>
    /// <param name="command">The command.</param>
    /// <param name="arguments">Its arguments: strings, integers, byte arrays.</param>
    /// <param name="bytes">About how long it is.</param>
    /// <param name="deadline">Ends the wait.</param>
    /// <exception cref="RedisServerException">The server refused it.</exception>
    /// <exception cref="RedisUnavailableException">It is not durable, or nobody knows.</exception>
    /// <exception cref="OperationCanceledException">The deadline has come; the outcome is unknown.</exception>
    public Task<RedisResult> WriteAsync(string command, object[] arguments, int bytes, CancellationToken deadline)
    {
        var write = new PendingWrite(command, arguments, bytes, deadline);
        lock (_gate)
        {
            if (_waiting.Count == MaxWaiting)
                throw new RedisUnavailableException("Redis can't keep up: too many writes wait for it.");
            _waiting.Enqueue(write);
            if (!_sending)
            {
                _sending = true;
                _ = Task.Run(RunAsync, CancellationToken.None);
            }
        }

        return write.Durable.WaitAsync(deadline);
    }

    /// <summary>Sends for as long as anything waits; while one batch is under way the next one gathers.</summary>
    private async Task RunAsync()
    {
        while (TakeBatch() is { Count: > 0 } batch)
        {
            try
            {
                await SendAsync(batch);
            }
            catch (Exception exception)
            {
                foreach (var write in batch)
                    write.Fail(exception);
            }
        }
    }

    private List<PendingWrite> TakeBatch()
    {
        var batch = new List<PendingWrite>();
        var bytes = 0;
        lock (_gate)
        {
            while (batch.Count < MaxBatch && bytes < MaxBatchBytes && _waiting.TryDequeue(out var write))
            {
                if (!write.IsWanted)
                    continue;
                batch.Add(write);
                bytes += write.Bytes;
            }

            _sending = batch.Count > 0;
        }

        return batch;
    }

    private async Task SendAsync(List<PendingWrite> batch)
    {
        var current = master.Trusted;
        var connection = current.Connection;
        // The library reconnects by itself. A WAIT that went out on another connection than the writes would know nothing of them, and be
        // content at once; so the connection gets a name before, and must still bear it after.
        var name = Guid.NewGuid().ToString("N");
        var named = connection.SendAsync("CLIENT", "SETNAME", name);
        var answers = batch.ConvertAll(write => write.SendAsync(connection));
        var needed = options.UseSentinel ? current.Replicas.Needed : 0;
        var replicas = needed > 0
            ? connection.SendAsync("WAIT", needed, (long)(options.WriteTimeout - RoundTrip).TotalMilliseconds)
            : null;
        // A replica that has come or gone since the master was last asked may be promoted, too, and has not been waited for.
        var replication = needed > 0 ? connection.ReplicationAsync() : null;
        var nameAfter = connection.SendAsync("CLIENT", "GETNAME");
        var all = Task.WhenAll([named, .. answers, .. replicas is null || replication is null ? Array.Empty<Task>() : [replicas, replication], nameAfter]);
        var failure = await CheckAsync(name, all, replicas, needed, nameAfter) ?? await CheckReplicasAsync(current, replication, needed);
        if (failure is not null)
            master.Suspect(connection);

        for (var i = 0; i < batch.Count; i++)
            await SettleAsync(batch[i], answers[i], failure, connection);
    }

    /// <summary>Waits for all answers, and says what is wrong with the writes as a whole; null when they are durable.</summary>
    private async Task<RedisUnavailableException?> CheckAsync(string name, Task all, Task<RedisResult>? replicas, int needed, Task<RedisResult> nameAfter)
    {
        try
        {
            await all.WaitAsync(options.WriteTimeout, time);
        }
        catch (TimeoutException exception)
        {
            return new RedisUnavailableException($"Redis has not answered within {options.WriteTimeout.TotalMilliseconds:0} ms.", exception);
        }
        catch (Exception exception) when (exception is RedisServerException or RedisUnavailableException)
        {
            // A write that was refused does not spoil the others; these two are looked at below.
        }

        try
        {
            if (!string.Equals((string?)await nameAfter, name, StringComparison.Ordinal))
                return new RedisUnavailableException("The connection to Redis was lost during the write.");
            var confirmed = replicas is null ? 0 : (int)await replicas;
            return confirmed >= needed
                ? null
                : new RedisUnavailableException(string.Create(
                    CultureInfo.InvariantCulture, $"{confirmed} of {needed} replicas have confirmed the write within {options.WriteTimeout.TotalMilliseconds:0} ms."));
        }
        catch (Exception exception) when (exception is RedisServerException or RedisUnavailableException)
        {
            return new RedisUnavailableException("The connection to Redis was lost during the write.", exception);
        }
    }

    /// <summary>Says what is wrong when those that were waited for are not all replicas that are known by now; null when they are.</summary>
    private static async Task<RedisUnavailableException?> CheckReplicasAsync(MasterInUse master, Task<ReplicationInfo>? replication, int needed)
    {
        if (replication is null)
            return null;

        try
        {
            var told = await replication;
            if (!told.IsMaster)
                return new RedisUnavailableException($"Redis at {master.Endpoint} is not the master any more.");
            master.Replicas.Note(told.Replicas);
            var known = master.Replicas.Needed;
            return known == needed && told.Replicas.Count >= needed
                ? null
                : new RedisUnavailableException($"Redis at {master.Endpoint} has {told.Replicas.Count} of {known} replicas by now, and {needed} were waited for.");
        }
        catch (Exception exception) when (exception is RedisServerException or RedisUnavailableException)
        {
            return new RedisUnavailableException($"Redis at {master.Endpoint} does not tell its replicas: {exception.Message}", exception);
        }
    }

    private async Task SettleAsync(PendingWrite write, Task<RedisResult> answer, RedisUnavailableException? failure, RedisConnection connection)
    {
        if (failure is not null && !answer.IsFaulted)
        {
            write.Fail(failure);
            return;
        }

        try
        {
            write.Succeed(await answer);
        }
        catch (RedisServerException exception) when (exception.Message.StartsWith("READONLY", StringComparison.Ordinal))
        {
            master.Suspect(connection);
            write.Fail(new RedisUnavailableException($"Redis at {connection.Endpoint} is not the master any more.", exception));
        }
        catch (RedisUnavailableException exception)
        {
            // So it is, too, where the library knows that it writes to a replica.
            master.Suspect(connection);
            write.Fail(exception);
        }
        catch (Exception exception)
        {
            write.Fail(exception);
        }
    }
}
