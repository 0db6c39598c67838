namespace BusIngest.Bus.Inbox;

/// <summary>A message on its way into the inbox.</summary>
/// <param name="MessageId">The message's id.</param>
/// <param name="MessageType">The message's name.</param>
/// <param name="Endpoint">The one endpoint it is for; null: all that subscribe.</param>
/// <param name="Records">How many records it carries.</param>
/// <param name="ContentType">How the body is to be read.</param>
/// <param name="AcceptedAt">When it was accepted.</param>
/// <param name="Body">The body; must stay as it is until the append has completed.</param>
/// <param name="Trace">The spans that the records come from, as <see cref="Telemetry.RecordTraces"/> writes them; null where nobody traces, and
/// for an envelope, which has its own header.</param>
internal readonly record struct InboxEntry(
    Guid MessageId,
    string MessageType,
    string? Endpoint,
    int Records,
    string ContentType,
    DateTimeOffset AcceptedAt,
    ReadOnlyMemory<byte> Body,
    string? Trace = null);
