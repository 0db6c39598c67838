using BusIngest.Bus.Delivery;
using BusIngest.Bus.Outbox;
using Microsoft.Extensions.Logging;

namespace BusIngest.Bus.Inbox;

/// <summary>Brings a message to an endpoint's queue at the broker, whose confirm is enough: from then on it is the broker's.</summary>
internal sealed class BrokerDelivery(IMessageForwarder forwarder, DeliveryOptions options, TimeProvider time, ILogger<BrokerDelivery> logger) : IEndpointDelivery
{
    private static readonly TimeSpan NoDeadline = Timeout.InfiniteTimeSpan;

    /// <inheritdoc />
    public async Task<bool> DeliverAsync(InboxMessage message, string endpoint, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.ForwardTimeout ?? NoDeadline, time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        var entry = new InboxEntry(
            message.MessageId, message.MessageType, endpoint, message.Records, message.ContentType, message.AcceptedAt, message.Body, message.Trace);
        try
        {
            await forwarder.ForwardAsync(entry, deadline.Token);
            return true;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            logger.LogDebug(exception, "Message {MessageId} could not be brought to {Endpoint}", message.MessageId, endpoint);
            return false;
        }
    }
}
