using BusIngest.Bus.Inbox;

namespace BusIngest.Bus.Outbox.Failover.Recovery;

/// <summary>A message that is made of parked rows, in the order of acceptance.</summary>
/// <param name="Entry">What is sent.</param>
/// <param name="Rows">What it is made of; at least one.</param>
internal sealed record ParkedMessage(InboxEntry Entry, IReadOnlyList<InboxMessage> Rows)
{
    /// <summary>A row that goes as it is, under its own id.</summary>
    public static ParkedMessage Of(InboxMessage row) => new(
        new InboxEntry(row.MessageId, row.MessageType, row.Endpoint, row.Records, row.ContentType, row.AcceptedAt, row.Body, row.Trace), [row]);
}
