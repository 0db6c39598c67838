using BusIngest.Bus.Outbox;
using BusIngest.Bus.Transports;
using MassTransit;

namespace BusIngest.Bus.Inbox;

/// <summary>Hands one message of the inbox to one endpoint of the in-process bus.</summary>
internal sealed class InProcessDelivery(IBus bus, IEnumerable<ChunkFormat> formats, DeliveryOutcomes outcomes)
{
    private readonly Dictionary<string, ChunkFormat> _formats = formats.ToDictionary(format => format.Name, StringComparer.Ordinal);

    /// <summary>Sends, and waits for what becomes of it.</summary>
    /// <returns>True when the message is settled there; false when it has to be delivered again.</returns>
    /// <exception cref="OperationCanceledException">The process stops; the outcome is unknown.</exception>
    public async Task<bool> DeliverAsync(InboxMessage message, string endpoint, CancellationToken cancellationToken)
    {
        var settled = outcomes.Expect(message.MessageId, endpoint);
        try
        {
            await SendAsync(message, new Uri($"queue:{endpoint}"), cancellationToken);
            return await settled.WaitAsync(cancellationToken);
        }
        finally
        {
            outcomes.Forget(message.MessageId, endpoint, settled);
        }
    }

    private async Task SendAsync(InboxMessage message, Uri destination, CancellationToken cancellationToken)
    {
        var endpoint = await bus.GetSendEndpoint(destination);
        if (string.Equals(message.ContentType, StoredBody.Records, StringComparison.Ordinal))
        {
            var chunk = _formats[message.MessageType].CreateMessage(message.Records, message.Body);
            await endpoint.Send(chunk, context => context.MessageId = message.MessageId, cancellationToken);
        }
        else
        {
            var envelope = new StoredEnvelope(message.MessageId, message.Body);
            await endpoint.Send(new MassTransit.Serialization.SerializedMessageBody(), envelope, cancellationToken);
        }
    }
}
