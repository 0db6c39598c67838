using StackExchange.Redis;

namespace BusIngest.Bus.Redis;

/// <summary>One Sentinel: asked now and then, and listened to in between. Not thread-safe.</summary>
/// <param name="endpoint">The Sentinel as `host:port`.</param>
/// <param name="masterName">The name under which it knows the master.</param>
/// <param name="promoted">Told of a new master, as `host:port`, at once.</param>
/// <param name="time">The clock.</param>
internal sealed class SentinelLink(string endpoint, string masterName, Action<string> promoted, TimeProvider time) : IDisposable
{
    private const string SwitchChannel = "+switch-master";
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private RedisConnection? _connection;

    /// <summary>Asks, and connects before if need be.</summary>
    /// <returns>Null when it does not answer in time, or does not know the master.</returns>
    public async Task<SentinelAnswer?> AskAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var connection = await ConnectAsync(deadline.Token);
            return Read(await connection.AskSentinelAsync(masterName, deadline.Token));
        }
        catch (RedisServerException)
        {
            return null;
        }
        catch (Exception exception) when (exception is RedisUnavailableException or OperationCanceledException)
        {
            // Whoever asked may have changed their mind; the Sentinel need not be at fault.
            if (!cancellationToken.IsCancellationRequested)
                Dispose();
            return null;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _connection?.Dispose();
        _connection = null;
    }

    private async Task<RedisConnection> ConnectAsync(CancellationToken deadline)
    {
        if (_connection is { Lost.IsCompleted: false } connected)
            return connected;

        Dispose();
        var connection = await RedisConnection.OpenSentinelAsync(endpoint, deadline);
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

    /// <summary>`name old-host old-port new-host new-port`</summary>
    private void Hear(string message)
    {
        if (message.Split(' ') is [var name, _, _, var host, var port] && string.Equals(name, masterName, StringComparison.Ordinal))
            promoted($"{host}:{port}");
    }

    private static SentinelAnswer? Read(Dictionary<string, string> master) =>
        master.TryGetValue("ip", out var host) && master.TryGetValue("port", out var port)
            ? new SentinelAnswer(
                $"{host}:{port}",
                master.GetValueOrDefault("flags", "").Split(',').Contains("s_down", StringComparer.Ordinal),
                long.TryParse(master.GetValueOrDefault("config-epoch"), out var epoch) ? epoch : 0)
            : null;
}
