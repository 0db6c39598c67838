using BusIngest.Bus.Inbox;
using BusIngest.Bus.Telemetry;
using BusIngest.Bus.Transports;
using MassTransit;
using MassTransit.Transports;

namespace BusIngest.Bus.Delivery;

/// <summary>A message that was about to be sent, as it would have gone on the wire.</summary>
/// <param name="MessageId">Its id.</param>
/// <param name="MessageType">Its name.</param>
/// <param name="Endpoint">The endpoint it is for; null: every endpoint that subscribes to its type.</param>
/// <param name="Envelope">The envelope in UTF-8.</param>
internal readonly record struct CapturedMessage(Guid MessageId, string MessageType, string? Endpoint, byte[] Envelope)
{
    /// <summary>Takes a message that MassTransit has made ready.</summary>
    public static CapturedMessage Of<T>(SendContext<T> context)
        where T : class
    {
        TraceHeaders.Write(context.Headers);
        return new(
            context.MessageId ?? throw new MessageException(typeof(T), "The message has no id."),
            typeof(T).Name,
            EndpointOf(context.DestinationAddress),
            context.Serializer.GetMessageBody(context).GetBytes());
    }

    /// <summary>The message as a row.</summary>
    public InboxEntry AcceptedAt(DateTimeOffset now) => new(MessageId, MessageType, Endpoint, Records: 1, StoredBody.Envelope, now, Envelope);

    /// <summary>What is published goes to its type's own exchange, `Namespace:Type`; an endpoint's name has no colon.</summary>
    public static string? EndpointOf(Uri? address) => address?.GetEndpointName() is { } name && !name.Contains(':', StringComparison.Ordinal) ? name : null;
}
