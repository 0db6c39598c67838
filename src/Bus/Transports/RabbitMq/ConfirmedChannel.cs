using System.Collections.Concurrent;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace BusIngest.Bus.Transports.RabbitMq;

/// <summary>A channel whose publishes complete when the broker has confirmed them; any number may be under way. It ends with its connection.</summary>
/// <remarks>
/// RabbitMQ.Client can track confirms itself, but its publish may hang for ever after a restart of the broker
/// (rabbitmq/rabbitmq-dotnet-client#1930, open in 7.2.2), and its turns were given back by callers who never had them, so that a confirm could
/// be taken for another message's (#1900). So the turns, the numbers and the deadlines are kept here, and no channel is recovered.
/// </remarks>
#pragma warning disable CA1001 // A semaphore without a wait handle holds nothing; disposed, it would throw at those who wait for their turn.
internal sealed class ConfirmedChannel
#pragma warning restore CA1001
{
    private readonly IChannel _channel;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly ConcurrentDictionary<ulong, PendingPublish> _pending = new();
    private readonly TaskCompletionSource<string> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ulong _last;
    private ulong _settled;

    private ConfirmedChannel(IChannel channel)
    {
        _channel = channel;
        channel.BasicAcksAsync += (_, ack) => Settle(ack.DeliveryTag, ack.Multiple, static publish => publish.Confirm());
        channel.BasicNacksAsync += (_, nack) => Settle(nack.DeliveryTag, nack.Multiple, static publish => publish.Refuse());
        channel.BasicReturnAsync += (_, returned) => Return(returned);
        channel.ChannelShutdownAsync += (_, reason) => Close(reason.ReplyText);
    }

    /// <summary>Completes with the reason when nothing can be published any more.</summary>
    public Task<string> Closed => _closed.Task;

    /// <summary>Opens one.</summary>
    public static async Task<ConfirmedChannel> OpenAsync(IConnection connection, CancellationToken cancellationToken) => new(
        await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: false), cancellationToken));

    /// <summary>Publishes, and completes when the broker has confirmed.</summary>
    /// <returns>False when it is mandatory and no queue takes it.</returns>
    /// <param name="route">Where to.</param>
    /// <param name="mandatory">Whether there must be a queue that takes it.</param>
    /// <param name="properties">Its properties; a mandatory message has an id.</param>
    /// <param name="body">Its body, free again when the task completes.</param>
    /// <param name="deadline">Ends the wait; the message may arrive all the same.</param>
    /// <exception cref="RabbitMqUnavailableException">The broker refused it, or the channel was closed meanwhile.</exception>
    public async Task<bool> PublishAsync(
        MessageRoute route, bool mandatory, BasicProperties properties, ReadOnlyMemory<byte> body, CancellationToken deadline)
    {
        var publish = new PendingPublish(properties.MessageId);
        await _turn.WaitAsync(deadline);
        try
        {
            _pending[++_last] = publish;
            await WriteAsync(route, mandatory, properties, body, deadline);
        }
        finally
        {
            _turn.Release();
        }

        // Who finds the channel open here is found by Close.
        if (_closed.Task.IsCompleted)
            publish.Fail(await _closed.Task);
        return await publish.Outcome.WaitAsync(deadline);
    }

    private async Task WriteAsync(MessageRoute route, bool mandatory, BasicProperties properties, ReadOnlyMemory<byte> body, CancellationToken deadline)
    {
        try
        {
            await _channel.BasicPublishAsync(route.Exchange, route.Queue, mandatory, properties, body, deadline);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            // It was not even handed to the socket's queue, which takes a message whole or not at all: the broker does not count it.
            _pending.TryRemove(_last--, out _);
            throw;
        }
        catch (Exception exception)
        {
            // Who knows whether the broker counts it.
            await Close(exception.Message);
            throw new RabbitMqUnavailableException($"The message could not be written: {exception.Message}", exception);
        }
    }

    /// <summary>Called by the connection's reader only, one after the other.</summary>
    private Task Settle(ulong number, bool multiple, Action<PendingPublish> settle)
    {
        if (!multiple)
        {
            if (_pending.TryRemove(number, out var publish))
                settle(publish);
            return Task.CompletedTask;
        }

        while (_settled < number)
        {
            if (_pending.TryRemove(++_settled, out var publish))
                settle(publish);
        }

        return Task.CompletedTask;
    }

    /// <summary>The confirm follows a returned message, and finds it settled.</summary>
    private Task Return(BasicReturnEventArgs returned)
    {
        foreach (var publish in _pending.Values)
        {
            if (string.Equals(publish.MessageId, returned.BasicProperties.MessageId, StringComparison.Ordinal))
                publish.Return();
        }

        return Task.CompletedTask;
    }

    private Task Close(string reason)
    {
        _closed.TrySetResult(reason);
        foreach (var publish in _pending.Values)
            publish.Fail(reason);
        return Task.CompletedTask;
    }
}
