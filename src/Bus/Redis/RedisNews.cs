using Microsoft.Extensions.Logging;

namespace BusIngest.Bus.Redis;

/// <summary>Listens to a channel of the master of the moment, over a connection of its own. What is said while it is not connected is not heard.</summary>
public sealed class RedisNews
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly RedisMaster _master;
    private readonly TimeProvider _time;
    private readonly ILogger<RedisNews> _logger;

    internal RedisNews(RedisMaster master, TimeProvider time, ILogger<RedisNews> logger)
    {
        _master = master;
        _time = time;
        _logger = logger;
    }

    /// <summary>What a channel is called in Redis.</summary>
    /// <param name="channel">The channel, without the prefix that all of the program's have.</param>
    public static string ChannelName(string channel) => RedisKeys.Prefix + channel;

    /// <summary>Listens until it is told to stop.</summary>
    /// <param name="channel">The channel, without the prefix that all of the program's have.</param>
    /// <param name="begun">Called whenever it begins to listen: what was said before may be missed.</param>
    /// <param name="heard">Called for each message, several at once.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task ListenAsync(string channel, Action begun, Action<string> heard, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var returned = _master.Returned.Next;
            try
            {
                // Not the master's own connection, which answers commands alone; but for as long as that lasts.
                var commands = _master.Connection;
                await ListenAsync(commands, ChannelName(channel), begun, heard, cancellationToken);
            }
            catch (Exception exception) when (exception is RedisUnavailableException
                || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                _logger.LogDebug("Nothing is heard on {Channel}: {Reason}", channel, exception.Message);
                await Task.WhenAny(returned, Task.Delay(Pause, _time, cancellationToken));
            }
        }
    }

    private async Task ListenAsync(RedisConnection commands, string channel, Action begun, Action<string> heard, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, _time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var connection = await RedisConnection.OpenListenerAsync(commands.Endpoint, commands.Access, deadline.Token);
        await connection.SubscribeAsync(channel, heard, deadline.Token);
        begun();
        await Task.WhenAny(connection.Lost, commands.Lost).WaitAsync(cancellationToken);
    }
}
