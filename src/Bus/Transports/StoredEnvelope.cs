using System.Net.Mime;
using MassTransit;

namespace BusIngest.Bus.Transports;

/// <summary>Puts an envelope that was kept back on the wire as it was, byte by byte: even one that nobody can read.</summary>
/// <param name="messageId">The id to deliver it under.</param>
/// <param name="body">The envelope in UTF-8.</param>
internal sealed class StoredEnvelope(Guid messageId, byte[] body) : IPipe<SendContext>, IMessageSerializer
{
    /// <inheritdoc />
    public ContentType ContentType { get; } = new(StoredBody.Envelope);

    /// <inheritdoc />
    public Task Send(SendContext context)
    {
        context.MessageId = messageId;
        context.Serializer = this;
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public MessageBody GetMessageBody<T>(SendContext<T> context)
        where T : class => new BytesMessageBody(body);

    /// <inheritdoc />
    public void Probe(ProbeContext context) => context.CreateFilterScope("storedEnvelope");
}
