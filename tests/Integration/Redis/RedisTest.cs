using BusIngest.Bus;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Redis;
using BusIngest.Bus.Supervision;
using BusIngest.Bus.Transports;
using BusIngest.Support;
using BusIngest.Support.Servers;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;
using StreamEntry = BusIngest.Bus.Redis.StreamEntry;

namespace BusIngest.Integration.Redis;

/// <summary>A test with Redis servers of its own, and with things that are disposed after it, the last one first.</summary>
public abstract class RedisTest : IAsyncDisposable
{
    /// <summary>Two cores start seven servers here, and Sentinel takes its time.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Stack<object> _owned = new();

    /// <summary>Ends the test when the runner does.</summary>
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>How the test's servers are come by: those of a cluster by its password, those that are alone by none.</summary>
    private protected RedisAccess Access { get; private set; } = RedisAccess.Open;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        while (_owned.TryPop(out var owned))
        {
            if (owned is IAsyncDisposable disposable)
                await disposable.DisposeAsync();
            else
                ((IDisposable)owned).Dispose();
        }
    }

    /// <summary>Master, replica and three Sentinels.</summary>
    private protected async Task<Cluster> StartClusterAsync()
    {
        var cluster = Own(await Cluster.StartAsync([ClusterNames.RedisMaster, ClusterNames.RedisReplica, .. ClusterNames.Sentinels]));
        Access = Behind(cluster).Access;
        return cluster;
    }

    /// <summary>A server that is alone and keeps what it confirms.</summary>
    private protected async Task<RedisServer> StartAloneAsync(string appendFsync = "always") =>
        Own(await RedisServer.StartAsync(Token, "--appendonly", "yes", "--appendfsync", appendFsync));

    /// <summary>One more replica, without which nothing is durable after the loss of the master. Any of them may be promoted.</summary>
    private protected async Task<RedisServer> StartReplicaAsync(Cluster cluster)
    {
        var spare = await StartFollowerAsync(cluster, "--appendfsync", "always", "--repl-diskless-sync-delay", "0");
        await UntilAsync("Two replicas follow", token => HasReplicasAsync(cluster.RedisMaster, 2, token));
        // They ask the master every ten seconds.
        foreach (var endpoint in cluster.Sentinels.Split(','))
        {
            using var sentinel = await RedisConnection.OpenSentinelAsync(endpoint, Behind(cluster).SentinelAccess, Token);
            await UntilAsync("The Sentinel knows both", async token => (await sentinel.SentinelMasterAsync("mymaster", token))["num-slaves"] is "2");
        }

        return spare;
    }

    /// <summary>A server that follows the cluster's master, and is not waited for.</summary>
    private protected async Task<RedisServer> StartFollowerAsync(Cluster cluster, params string[] settings) =>
        Own(await RedisServer.StartAsync(
            Access, Token,
            ["--requirepass", cluster.RedisPassword, "--masterauth", cluster.RedisPassword, "--appendonly", "yes", "--replicaof", "127.0.0.1", cluster.RedisMaster.Split(':')[1], .. settings]));

    private protected static RedisOptions Behind(Cluster cluster) => new()
    {
        UseSentinel = true,
        SentinelHosts = cluster.Sentinels.Split(','),
        Access = new RedisAccess { Password = new ReloadableText(cluster.RedisPassword) },
        SentinelAccess = new RedisAccess { Password = new ReloadableText(cluster.SentinelPassword) },
        // The machine is busy with the servers themselves.
        WriteTimeout = TimeSpan.FromSeconds(1),
    };

    private protected static RedisOptions At(RedisServer server) => new() { Host = "127.0.0.1", Port = server.Port, WriteTimeout = TimeSpan.FromSeconds(1) };

    /// <summary>What a process knows of the master; it has found one.</summary>
    private protected async Task<RedisMaster> FindMasterAsync(RedisOptions options)
    {
        var master = Own(await WatchAsync(options));
        await UntilAsync("There is a master", () => master.Unavailable is null);
        return master;
    }

    private protected static async Task<RedisMaster> WatchAsync(RedisOptions options)
    {
        var master = new RedisMaster(
            options, new Supervisor(TimeProvider.System, NullLogger<Supervisor>.Instance), TimeProvider.System, NullLogger<RedisMaster>.Instance);
        await master.StartAsync(Token);
        return master;
    }

    private protected static RedisLane Lane(RedisMaster master, RedisOptions options) =>
        new(master, new DurableWrites(master, options, TimeProvider.System), options);

    private protected static InboxEntry Message(Guid id, string? endpoint = null, string type = "Note") =>
        new(id, type, endpoint, 1, StoredBody.Records, DateTimeOffset.UnixEpoch, "[{}]"u8.ToArray());

    /// <summary>The ids of the messages in the stream, read from a server itself, in their order.</summary>
    private protected async Task<List<Guid>> StreamAsync(string endpoint)
    {
        using var connection = await RedisConnection.OpenAsync(endpoint, Access, Token);
        var entries = await connection.SendAsync("XRANGE", RedisKeys.Outbox, "-", "+").WaitAsync(Token);
        return [.. StreamEntry.ReadAll(entries).Select(entry => OutboxStream.Read(entry).MessageId)];
    }

    /// <summary>How many entries are in the stream.</summary>
    private protected async Task<long> LengthAsync(string endpoint)
    {
        using var connection = await RedisConnection.OpenAsync(endpoint, Access, Token);
        return (long)await connection.SendAsync("XLEN", RedisKeys.Outbox).WaitAsync(Token);
    }

    /// <summary>How many entries relays have in hand.</summary>
    private protected async Task<long> PendingAsync(string endpoint)
    {
        using var connection = await RedisConnection.OpenAsync(endpoint, Access, Token);
        return (long)(await connection.SendAsync("XPENDING", RedisKeys.Outbox, OutboxStream.Group).WaitAsync(Token)).Items()[0];
    }

    /// <summary>Whether a server has this many replicas that are up to date.</summary>
    private protected async Task<bool> HasReplicasAsync(string endpoint, int count, CancellationToken cancellationToken)
    {
        try
        {
            using var connection = await RedisConnection.OpenAsync(endpoint, Access, cancellationToken);
            await connection.SendAsync("SET", RedisKeys.Probe, "1").WaitAsync(cancellationToken);
            return (long)await connection.SendAsync("WAIT", count, 500).WaitAsync(cancellationToken) >= count;
        }
        catch (Exception exception) when (exception is RedisUnavailableException or RedisServerException)
        {
            return false;
        }
    }

    /// <summary>Lets the test dispose it.</summary>
    private protected T Own<T>(T owned)
        where T : class
    {
        _owned.Push(owned);
        return owned;
    }

    /// <summary>Waits until the condition holds.</summary>
    protected static Task UntilAsync(string what, Func<bool> condition) =>
        Eventually.HoldsAsync(what, _ => Task.FromResult(condition()), Deadline, Token);

    /// <summary>Waits until the condition holds.</summary>
    protected static Task UntilAsync(string what, Func<CancellationToken, Task<bool>> condition) =>
        Eventually.HoldsAsync(what, condition, Deadline, Token);
}
