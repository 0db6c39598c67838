using BusIngest.Bus.Inbox;

namespace BusIngest.Bus.Delivery;

/// <summary>Messages that consumers and sagas sent, and that are on their way to their endpoints.</summary>
internal interface IOutgoing
{
    /// <summary>Tells of messages whose transaction is committed: they may leave.</summary>
    void Announce(IReadOnlyList<InboxEntry> sent);

    /// <summary>When the first of the messages that wait was sent; null when none does.</summary>
    /// <exception cref="Storage.StorageUnavailableException">The database can't be read now.</exception>
    ValueTask<DateTimeOffset?> OldestAsync(CancellationToken cancellationToken);
}
