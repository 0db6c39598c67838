using StackExchange.Redis;

namespace BusIngest.Bus.Redis;

/// <summary>One Sentinel: asked now and then, and listened to in between. Not thread-safe.</summary>
/// <param name="endpoint">The Sentinel as `host:port`.</param>
/// <param name="options">The name under which it knows the master, and how it is connected to.</param>
/// <param name="promoted">Told of a new master, as `host:port`, at once.</param>
/// <param name="time">The clock.</param>
internal sealed class SentinelLink(string endpoint, RedisOptions options, Action<string> promoted, TimeProvider time) : IDisposable
{
    private const string SwitchChannel = "+switch-master";
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly Backoff _pauses = new(FirstPause, LongestPause);
    private RedisConnection? _connection;
    private (long At, TimeSpan Pause)? _failed;

    /// <summary>Why the last question had no answer, in the Sentinel's own words; null when it had one.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Asks, and connects before if need be.</summary>
    /// <returns>Null when it does not answer in time, or does not know the master.</returns>
    public async Task<SentinelAnswer?> AskAsync(CancellationToken cancellationToken)
    {
        // One that refused is not knocked at with every question.
        if (_failed is { } failed && time.GetElapsedTime(failed.At) < failed.Pause)
            return null;

        using var limit = new CancellationTokenSource(Patience, time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var connection = await ConnectAsync(deadline.Token);
            var answer = await AskAsync(connection, deadline.Token);
            if (answer is not null)
                Trouble = null;
            _failed = null;
            _pauses.Reset();
            return answer;
        }
        catch (Exception exception) when (exception is RedisUnavailableException or RedisServerException or OperationCanceledException)
        {
            // Whoever asked may have changed their mind; the Sentinel need not be at fault.
            if (!cancellationToken.IsCancellationRequested)
                Fail(exception is OperationCanceledException ? $"The Sentinel at {endpoint} does not answer." : exception.Message);
            return null;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _connection?.Dispose();
        _connection = null;
    }

    private void Fail(string reason)
    {
        Dispose();
        Trouble = reason;
        _failed = (time.GetTimestamp(), _pauses.Take());
    }

    private async Task<RedisConnection> ConnectAsync(CancellationToken deadline)
    {
        if (_connection is { Lost.IsCompleted: false } connected)
            return connected;

        Dispose();
        var connection = await RedisConnection.OpenSentinelAsync(endpoint, options.SentinelAccess, deadline);
        try
        {
            await connection.SubscribeAsync(SwitchChannel, Hear, deadline);
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        return _connection = connection;
    }

    private async Task<SentinelAnswer?> AskAsync(RedisConnection connection, CancellationToken deadline)
    {
        try
        {
            var master = await connection.SentinelMasterAsync(options.SentinelMasterName, deadline);
            return SentinelAnswer.Read(master, await connection.SentinelReplicasAsync(options.SentinelMasterName, deadline));
        }
        catch (RedisServerException exception)
        {
            var known = await KnownAsync(connection, deadline);
            Trouble = $"The Sentinel at {endpoint} was asked for '{options.SentinelMasterName}' (REDIS_SENTINEL_MASTER_NAME) and says: {exception.Message}.{known}";
            return null;
        }
    }

    private static async Task<string> KnownAsync(RedisConnection connection, CancellationToken deadline)
    {
        try
        {
            var names = await connection.SentinelMastersAsync(deadline);
            return names.Count > 0 ? $" It watches {string.Join(", ", names.Order(StringComparer.Ordinal))}." : " It watches no master.";
        }
        catch (RedisServerException)
        {
            return "";
        }
    }

    /// <summary>`name old-host old-port new-host new-port`</summary>
    private void Hear(string message)
    {
        if (message.Split(' ') is [var name, _, _, var host, var port] && string.Equals(name, options.SentinelMasterName, StringComparison.Ordinal)
            && RedisAddress.TryFormat(host, port) is { } address)
        {
            promoted(address);
        }
    }
}
