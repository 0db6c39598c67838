using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace BusIngest.Bus.Transports.RabbitMq;

/// <summary>One connection for publishes, from its opening to its end: a few channels, with the topology declared.</summary>
internal sealed class RabbitMqSession
{
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(1);

    private readonly IConnection _connection;
    private readonly IReadOnlyList<ConfirmedChannel> _channels;
    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string? _blocked;
    private uint _next;

    private RabbitMqSession(IConnection connection, IReadOnlyList<ConfirmedChannel> channels, Action unblocked)
    {
        _connection = connection;
        _channels = channels;
        connection.ConnectionBlockedAsync += (_, blocked) =>
        {
            _blocked = blocked.Reason;
            return Task.CompletedTask;
        };
        connection.ConnectionUnblockedAsync += (_, _) =>
        {
            _blocked = null;
            unblocked();
            return Task.CompletedTask;
        };
        connection.ConnectionShutdownAsync += (_, reason) =>
        {
            End(reason.ReplyText);
            return Task.CompletedTask;
        };
        foreach (var channel in channels)
            _ = EndWithAsync(channel);
    }

    /// <summary>Completes with the reason when the session can't be used any more.</summary>
    public Task<string> Ended => _ended.Task;

    /// <summary>Why the broker takes no messages in (an alarm of memory or disk); null while it does.</summary>
    public string? Blocked => _blocked;

    /// <summary>Declares the topology, and opens the channels.</summary>
    /// <param name="connection">The connection; closed by the session.</param>
    /// <param name="topology">What is declared.</param>
    /// <param name="channels">How many channels.</param>
    /// <param name="unblocked">Called when an alarm is over.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public static async Task<RabbitMqSession> OpenAsync(
        IConnection connection, RabbitMqTopology topology, int channels, Action unblocked, CancellationToken cancellationToken)
    {
        await topology.DeclareAsync(connection, cancellationToken);
        var opened = new List<ConfirmedChannel>(channels);
        while (opened.Count < channels)
            opened.Add(await ConfirmedChannel.OpenAsync(connection, cancellationToken));
        return new RabbitMqSession(connection, opened, unblocked);
    }

    /// <summary>As <see cref="ConfirmedChannel.PublishAsync"/>, on one of the channels.</summary>
    /// <exception cref="RabbitMqUnavailableException">The broker takes nothing in, refused it, or went away meanwhile.</exception>
    public Task<bool> PublishAsync(
        MessageRoute route, bool mandatory, BasicProperties properties, ReadOnlyMemory<byte> body, CancellationToken deadline)
    {
        // What is written now would be delivered once the alarm is over, though its caller has long sent it elsewhere.
        if (_blocked is { } alarm)
            throw new RabbitMqUnavailableException($"RabbitMQ takes no messages in: {alarm}");

        return _channels[(int)(Interlocked.Increment(ref _next) % _channels.Count)].PublishAsync(route, mandatory, properties, body, deadline);
    }

    /// <summary>Messages that wait in queues, those aside that consumers have in hand.</summary>
    /// <exception cref="RabbitMqUnavailableException">The broker went away meanwhile.</exception>
    public async Task<long> MessagesAsync(IEnumerable<string> queues, CancellationToken deadline)
    {
        try
        {
            await using var channel = await _connection.CreateChannelAsync(cancellationToken: deadline);
            var messages = 0L;
            foreach (var queue in queues)
                messages += await channel.MessageCountAsync(queue, deadline);
            return messages;
        }
        catch (Exception exception) when (exception is RabbitMQClientException or IOException)
        {
            throw new RabbitMqUnavailableException("RabbitMQ does not tell how much waits.", exception);
        }
    }

    /// <summary>Ends the session, so that the next one declares the topology anew.</summary>
    public void End(string reason) => _ended.TrySetResult(reason);

    /// <summary>Closes a connection with its channels. A broker that does not answer is waited for, for some seconds.</summary>
    public static async Task CloseAsync(IConnection connection, ILogger logger)
    {
        try
        {
            await connection.AbortAsync(Constants.ReplySuccess, "closed", CloseTimeout);
            await connection.DisposeAsync();
        }
        catch (Exception exception)
        {
            logger.LogDebug(exception, "A connection to RabbitMQ was not closed cleanly");
        }
    }

    private async Task EndWithAsync(ConfirmedChannel channel) => End(await channel.Closed);
}
