using System.Net.Mime;
using System.Text;
using MassTransit;
using MassTransit.Serialization;

namespace BusIngest.Bus.Transports;

/// <summary>Puts an envelope that was kept as text back on the wire as it was.</summary>
/// <param name="messageId">The id to deliver it under.</param>
/// <param name="destination">Where it goes.</param>
/// <param name="body">The envelope in UTF-8.</param>
internal sealed class StoredEnvelope(Guid messageId, Uri destination, byte[] body) : IPipe<SendContext>
{
    /// <inheritdoc />
    public Task Send(SendContext context)
    {
        var deserializer = context.Serialization.GetMessageDeserializer(new ContentType(StoredBody.Envelope));
        var envelope = deserializer.Deserialize(
            deserializer.GetMessageBody(Encoding.UTF8.GetString(body)), new DictionarySendHeaders(), destination);
        context.MessageId = messageId;
        context.ConversationId = envelope.ConversationId;
        context.CorrelationId = envelope.CorrelationId;
        context.InitiatorId = envelope.InitiatorId;
        context.SourceAddress = envelope.SourceAddress;
        context.SupportedMessageTypes = envelope.SupportedMessageTypes;
        foreach (var header in envelope.Headers.GetAll())
            context.Headers.Set(header.Key, header.Value);
        context.Serializer = envelope.GetMessageSerializer();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public void Probe(ProbeContext context) => context.CreateFilterScope("storedEnvelope");
}
