using BusIngest.Bus.Inbox;
using BusIngest.Bus.Storage;

namespace BusIngest.Bus.Delivery;

/// <summary>
/// Messages that consumers and sagas sent, in the table `outgoing` of the main database: a row commits with what its sender wrote,
/// and goes when it is consumed.
/// </summary>
internal sealed class OutgoingMessages(MainDatabase database) : SqliteQueue(database, "outgoing"), IOutgoing
{
    /// <summary>Adds a message, in the transaction that sends it.</summary>
    public void Append(SqliteSession session, InboxEntry entry) => Insert(session, entry);

    /// <summary>Tells the pumps of messages whose transaction is committed.</summary>
    public void Announce(IReadOnlyList<InboxEntry> sent)
    {
        foreach (var entry in sent)
            Announce(entry);
    }

    /// <inheritdoc />
    public ValueTask<DateTimeOffset?> OldestAsync(CancellationToken cancellationToken) => new(OldestAcceptedAt());
}
