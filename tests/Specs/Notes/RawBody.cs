using System.Net.Mime;
using System.Text;
using MassTransit;

namespace BusIngest.Specs.Notes;

/// <summary>Puts a text on the wire in place of a message.</summary>
internal sealed class RawBody(string text) : IMessageSerializer
{
    public ContentType ContentType { get; } = new("application/vnd.masstransit+json");

    public MessageBody GetMessageBody<T>(SendContext<T> context)
        where T : class => new BytesMessageBody(Encoding.UTF8.GetBytes(text));
}
