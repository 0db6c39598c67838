using StackExchange.Redis;

namespace BusIngest.Bus.Redis;

/// <summary>
/// One connection to one server, with commands as they are on the wire. The client library would reconnect by itself, to whatever
/// answers there then; so once a connection was lost it is not used again.
/// </summary>
internal sealed class RedisConnection : IDisposable
{
    /// <summary>The library needs a moment longer than a connection does: it looks at the server first.</summary>
    private const int ConnectTimeoutMs = 1_000;

    private static readonly HashSet<string> Unused = ["SUBSCRIBE", "PSUBSCRIBE", "UNSUBSCRIBE", "PUNSUBSCRIBE", "CLUSTER"];

    private readonly ConnectionMultiplexer _multiplexer;
    private readonly IDatabase _database;
    private readonly TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private RedisConnection(string endpoint, RedisAccess access, ConnectionMultiplexer multiplexer)
    {
        Endpoint = endpoint;
        Access = access;
        _multiplexer = multiplexer;
        _database = multiplexer.GetDatabase();
        multiplexer.ConnectionFailed += (_, _) => _lost.TrySetResult();
        if (!multiplexer.IsConnected)
            _lost.TrySetResult();
    }

    /// <summary>The server as `host:port`.</summary>
    public string Endpoint { get; }

    /// <summary>How it was connected to.</summary>
    public RedisAccess Access { get; }

    /// <summary>Completes when the connection was lost, or disposed.</summary>
    public Task Lost => _lost.Task;

    /// <summary>Connects for commands.</summary>
    /// <exception cref="RedisUnavailableException">There is none now.</exception>
    public static Task<RedisConnection> OpenAsync(string endpoint, RedisAccess access, CancellationToken deadline) =>
        OpenAsync(endpoint, access, CommandMap.Create(Unused, available: false), listens: false, deadline);

    /// <summary>Connects for listening to channels.</summary>
    /// <exception cref="RedisUnavailableException">There is none now.</exception>
    public static Task<RedisConnection> OpenListenerAsync(string endpoint, RedisAccess access, CancellationToken deadline) =>
        OpenAsync(endpoint, access, CommandMap.Create(["CLUSTER"], available: false), listens: true, deadline);

    /// <summary>Connects to a Sentinel, for its questions and its news.</summary>
    /// <exception cref="RedisUnavailableException">There is none now.</exception>
    public static Task<RedisConnection> OpenSentinelAsync(string endpoint, RedisAccess access, CancellationToken deadline) =>
        OpenAsync(endpoint, access, CommandMap.Sentinel, listens: true, deadline);

    /// <summary>
    /// Sends a command behind those sent before, and gives its answer. Nothing ends the wait but the answer or the loss of the connection:
    /// give it a deadline, as a server may hang.
    /// </summary>
    /// <exception cref="RedisServerException">The server answers with an error.</exception>
    /// <exception cref="RedisUnavailableException">The connection is lost; the outcome is unknown.</exception>
    public async Task<RedisResult> SendAsync(string command, params object[] arguments)
    {
        try
        {
            return await _database.ExecuteAsync(command, arguments);
        }
        catch (Exception exception) when (exception is RedisConnectionException or ObjectDisposedException or TimeoutException)
        {
            throw Unavailable(Endpoint, exception);
        }
    }

    /// <summary>What a Sentinel knows of a master, field by field.</summary>
    /// <exception cref="RedisServerException">It does not know it.</exception>
    /// <exception cref="RedisUnavailableException">The connection is lost.</exception>
    public async Task<Dictionary<string, string>> SentinelMasterAsync(string masterName, CancellationToken deadline) =>
        Fields(await AskSentinelAsync(sentinel => sentinel.SentinelMasterAsync(masterName), deadline));

    /// <summary>What a Sentinel knows of each replica of a master, field by field.</summary>
    /// <exception cref="RedisServerException">It does not know the master.</exception>
    /// <exception cref="RedisUnavailableException">The connection is lost.</exception>
    public async Task<IReadOnlyList<Dictionary<string, string>>> SentinelReplicasAsync(string masterName, CancellationToken deadline) =>
        [.. (await AskSentinelAsync(sentinel => sentinel.SentinelReplicasAsync(masterName), deadline)).Select(Fields)];

    /// <summary>The names of all masters that a Sentinel knows.</summary>
    /// <exception cref="RedisServerException">It does not tell.</exception>
    /// <exception cref="RedisUnavailableException">The connection is lost.</exception>
    public async Task<IReadOnlyList<string>> SentinelMastersAsync(CancellationToken deadline) =>
        [.. (await AskSentinelAsync(sentinel => sentinel.SentinelMastersAsync(), deadline))
            .SelectMany(fields => fields.Where(field => field.Key is "name").Select(field => field.Value))];

    /// <summary>Listens to a channel for as long as the connection lasts.</summary>
    /// <exception cref="RedisUnavailableException">The connection is lost.</exception>
    public async Task SubscribeAsync(string channel, Action<string> handle, CancellationToken deadline)
    {
        try
        {
            await _multiplexer.GetSubscriber().SubscribeAsync(RedisChannel.Literal(channel), (_, message) => handle(message.ToString())).WaitAsync(deadline);
        }
        catch (Exception exception) when (exception is RedisConnectionException or ObjectDisposedException or TimeoutException)
        {
            throw Unavailable(Endpoint, exception);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _lost.TrySetResult();
        // Without a farewell, for which it would wait, synchronously, at a server that hangs.
        _multiplexer.Close(allowCommandsToComplete: false);
    }

    private static Dictionary<string, string> Fields(KeyValuePair<string, string>[] fields) =>
        fields.ToDictionary(field => field.Key, field => field.Value, StringComparer.Ordinal);

    private async Task<T> AskSentinelAsync<T>(Func<IServer, Task<T>> ask, CancellationToken deadline)
    {
        try
        {
            return await ask(_multiplexer.GetServer(_multiplexer.GetEndPoints()[0])).WaitAsync(deadline);
        }
        catch (Exception exception) when (exception is RedisConnectionException or ObjectDisposedException or TimeoutException)
        {
            throw Unavailable(Endpoint, exception);
        }
    }

    private static async Task<RedisConnection> OpenAsync(string endpoint, RedisAccess access, CommandMap commands, bool listens, CancellationToken deadline)
    {
        var options = new ConfigurationOptions
        {
            EndPoints = { RedisAddress.EndPoint(endpoint) },
            AbortOnConnectFail = true,
            AllowAdmin = true,
            CommandMap = commands,
            // What was not written when the connection was lost must not be written to whoever answers there next. Only who listens waits, for the second
            // connection that is made for that.
            BacklogPolicy = listens ? BacklogPolicy.Default : BacklogPolicy.FailFast,
            ConfigCheckSeconds = 0,
            ConfigurationChannel = "",
            ConnectRetry = 1,
            ConnectTimeout = ConnectTimeoutMs,
            // Answers are read by their place, which differs between the two.
            Protocol = RedisProtocol.Resp2,
            TieBreaker = "",
            TopologyRefreshSeconds = 0,
        };

        // Some of its start is synchronous.
        var connecting = Task.Run(() => ConnectionMultiplexer.ConnectAsync(access.Apply(options, endpoint)), CancellationToken.None);
        try
        {
            return await IdentifyAsync(new RedisConnection(endpoint, access, await connecting.WaitAsync(deadline)), deadline);
        }
        catch (OperationCanceledException)
        {
            _ = CloseAsync(connecting);
            throw;
        }
        catch (Exception exception) when (exception is RedisConnectionException or ObjectDisposedException or TimeoutException)
        {
            var reason = RedisDiagnosis.ServersWords(exception) ?? await RedisDiagnosis.AskAsync(endpoint, access, deadline);
            throw new RedisUnavailableException($"Redis at {endpoint} can't be connected to: {reason}", exception);
        }
    }

    /// <summary>
    /// The library goes on as `default` where a server takes that, whatever it made of user and password. So they are shown once more, for the server's own
    /// words, and it is asked whom it takes the connection for.
    /// </summary>
    private static async Task<RedisConnection> IdentifyAsync(RedisConnection connection, CancellationToken deadline)
    {
        try
        {
            if (connection.Access.Password?.Current is { } password)
                await connection.SendAsync("AUTH", connection.Access.User is { } user ? [user, password] : [password]).WaitAsync(deadline);
            if (connection.Access.User is not null && await connection.WhoAmIAsync(deadline) is { } name
                && !string.Equals(name, connection.Access.UserName, StringComparison.Ordinal))
            {
                throw new RedisUnavailableException($"Redis at {connection.Endpoint} takes the program for the user '{name}', not '{connection.Access.UserName}'.");
            }

            return connection;
        }
        catch (RedisServerException exception)
        {
            connection.Dispose();
            throw new RedisUnavailableException($"Redis at {connection.Endpoint} refuses the user '{connection.Access.UserName}': {exception.Message}", exception);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The user that the server takes the connection for; null where it does not tell, as a Sentinel or to a user with few rights.</summary>
    private async Task<string?> WhoAmIAsync(CancellationToken deadline)
    {
        try
        {
            return (await SendAsync("ACL", "WHOAMI").WaitAsync(deadline)).Text();
        }
        catch (Exception exception) when (exception is RedisServerException or RedisCommandException)
        {
            return null;
        }
    }

    private static async Task CloseAsync(Task<ConnectionMultiplexer> connecting)
    {
        await ((Task)connecting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (connecting.IsCompletedSuccessfully)
            (await connecting).Close(allowCommandsToComplete: false);
    }

    private static RedisUnavailableException Unavailable(string endpoint, Exception cause) =>
        new($"Redis at {endpoint} is out of reach: {RedisDiagnosis.ServersWords(cause) ?? cause.Message.Split(", mc:")[0]}", cause);
}
