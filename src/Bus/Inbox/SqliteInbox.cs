using BusIngest.Bus.Outbox;
using BusIngest.Bus.Storage;

namespace BusIngest.Bus.Inbox;

/// <summary>Messages that were accepted from outside and not yet consumed. A row is on disk before its append completes.</summary>
internal sealed class SqliteInbox(InboxDatabase database, InboxOptions options) : SqliteQueue(database, "inbox")
{
    private static readonly TimeSpan FullRetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>Makes a view over the inbox, unless it is there.</summary>
    /// <exception cref="StorageUnavailableException">The file can't be written.</exception>
    public async Task ShowAsync(InboxView view, CancellationToken cancellationToken)
    {
        using var reader = database.OpenReader();
        if (!reader.Has(view))
            await database.Writer.WriteAsync(1, session => session.Create(view), cancellationToken);
    }

    /// <summary>How many records wait, by the name of the message that carries them.</summary>
    public List<(string MessageType, long Records)> ParkedRecords()
    {
        using var reader = database.OpenReader();
        return reader.SumRecords();
    }

    /// <summary>Whether a message waits, for any endpoint.</summary>
    /// <exception cref="StorageUnavailableException">The file can't be read.</exception>
    public bool Waits(Guid messageId) => database.Readers.Read(session => session.Has(messageId));

    /// <summary>Adds a message, and completes when it is on disk. A message that already waits for the endpoint is not added again.</summary>
    /// <returns>Whether it was added.</returns>
    /// <exception cref="OutboxUnavailableException">The inbox is full.</exception>
    /// <exception cref="StorageUnavailableException">The file can't be written.</exception>
    public async Task<bool> AppendAsync(InboxEntry entry, CancellationToken cancellationToken)
    {
        if (Status.Bytes > options.MaxBytes)
        {
            throw new OutboxUnavailableException(
                $"The inbox is full: {options.MaxBytes >> 20} MiB wait to be consumed (Inbox:MaxBytes).", FullRetryAfter);
        }

        if (!await database.Writer.WriteAsync(1, session => Append(session, entry), cancellationToken))
            return false;

        Announce(entry);
        return true;
    }

    private bool Append(SqliteSession session, InboxEntry entry)
    {
        if (!Insert(session, entry))
            return false;

        if (entry.Endpoint is null)
            session.CountAccepted(entry);
        return true;
    }
}
