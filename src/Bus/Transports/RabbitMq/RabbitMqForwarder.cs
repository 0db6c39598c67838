using BusIngest.Bus.Inbox;
using BusIngest.Bus.Outbox;
using RabbitMQ.Client;

namespace BusIngest.Bus.Transports.RabbitMq;

/// <summary>Publishes messages at rest, each confirmed, mandatory, and within a deadline.</summary>
/// <exception cref="RabbitMqUnavailableException">The broker is away, or did not confirm in time.</exception>
/// <exception cref="UnroutableMessageException">There is no queue that it could go to.</exception>
internal sealed class RabbitMqForwarder(
    RabbitMqConnection connection,
    ChunkFormats formats,
    EnvelopeWriter envelopes,
    SubscriptionMap subscriptions,
    RabbitMqOptions options,
    TimeProvider time) : IMessageForwarder
{
    /// <inheritdoc />
    public async Task ForwardAsync(InboxEntry entry, CancellationToken deadline)
    {
        using var timeout = new CancellationTokenSource(options.PublishTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline, timeout.Token);
        try
        {
            var session = await connection.SessionAsync(either.Token);
            if (string.Equals(entry.ContentType, StoredBody.Records, StringComparison.Ordinal))
                await PublishRecordsAsync(session, entry, either.Token);
            else
                await PublishAsync(session, entry, entry.MessageId, entry.Body, either.Token);
        }
        catch (OperationCanceledException exception) when (!deadline.IsCancellationRequested)
        {
            throw new RabbitMqUnavailableException(
                $"RabbitMQ did not confirm within {options.PublishTimeout.TotalMilliseconds:0} ms.", exception);
        }
    }

    private async Task PublishRecordsAsync(RabbitMqSession session, InboxEntry entry, CancellationToken deadline)
    {
        var messages = formats.Unpack(entry.MessageId, entry.MessageType, entry.Records, entry.Body.ToArray(), entry.Trace);
        if (messages.Count == 1)
            await PublishAsync(messages[0]);
        else
            await Task.WhenAll(messages.Select(PublishAsync));

        async Task PublishAsync(UnpackedMessage unpacked)
        {
            var envelope = await envelopes.WriteAsync(unpacked, entry.Endpoint, deadline);
            await this.PublishAsync(session, entry, unpacked.Id, envelope, deadline);
        }
    }

    private async Task PublishAsync(
        RabbitMqSession session, InboxEntry entry, Guid messageId, ReadOnlyMemory<byte> envelope, CancellationToken deadline)
    {
        var route = RouteOf(entry);
        var properties = new BasicProperties
        {
            MessageId = messageId.ToString("D"),
            ContentType = StoredBody.Envelope,
            DeliveryMode = DeliveryModes.Persistent,
        };
        if (await session.PublishAsync(route, mandatory: true, properties, envelope, deadline))
            return;

        // Somebody has deleted the queue, or the binding.
        if (entry.Endpoint is null || subscriptions.HasEndpoint(entry.Endpoint))
            session.End($"there is no queue behind {route} any more");
        throw new UnroutableMessageException(entry.MessageType, route);
    }

    private MessageRoute RouteOf(InboxEntry entry)
    {
        if (entry.Endpoint is { } endpoint)
            return MessageRoute.ToQueue(endpoint);

        return subscriptions.Find(entry.MessageType) is { } type
            ? MessageRoute.ToSubscribers(RabbitMqTopology.ExchangeOf(type))
            : throw new UnroutableMessageException(entry.MessageType, MessageRoute.ToSubscribers(entry.MessageType));
    }
}
