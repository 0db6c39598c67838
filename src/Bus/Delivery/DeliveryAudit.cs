using BusIngest.Bus.Inbox;
using BusIngest.Bus.Outbox.Acceptance;
using BusIngest.Bus.Storage;

namespace BusIngest.Bus.Delivery;

/// <summary>Looks at the inbox and the main database as of one moment, so that a message is seen in one place and only one.</summary>
public sealed class DeliveryAudit
{
    private readonly InboxDatabase _inboxDatabase;
    private readonly MainDatabase _mainDatabase;
    private readonly SqliteInbox _inbox;
    private readonly ConfirmedRecords? _confirmed;

    internal DeliveryAudit(InboxDatabase inboxDatabase, MainDatabase mainDatabase, SqliteInbox inbox, ConfirmedRecords? confirmed)
    {
        _confirmed = confirmed;
        _inboxDatabase = inboxDatabase;
        _mainDatabase = mainDatabase;
        _inbox = inbox;
    }

    /// <summary>Whether there is a lane over a server, where messages are in neither file.</summary>
    public bool HasServerLane => _confirmed is not null;

    /// <summary>Runs queries over both files: the main database's tables by their names, the inbox's as `inbox.…`.</summary>
    /// <remarks>
    /// The main database's snapshot is the older one. What was consumed since is still in the inbox, as removals are held, and
    /// tells by the lack of its mark that this snapshot has not stored it.
    /// </remarks>
    /// <param name="read">The queries; the session is gone when it returns.</param>
    /// <param name="cancellationToken">Ends the wait for a removal that is under way.</param>
    public async Task<TResult> ReadAsync<TResult>(Func<SqliteSession, TResult> read, CancellationToken cancellationToken)
    {
        await CountConfirmedAsync(cancellationToken);
        using var hold = await _inbox.HoldRemovalsAsync(cancellationToken);
        using var session = _mainDatabase.OpenReader();
        session.Execute($"ATTACH '{_inboxDatabase.Path.Replace("'", "''", StringComparison.Ordinal)}' AS inbox; BEGIN; SELECT 1 FROM consumed_messages LIMIT 1");
        return read(session);
    }

    private async Task CountConfirmedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await (_confirmed?.WriteAsync(cancellationToken) ?? Task.CompletedTask);
        }
        catch (StorageUnavailableException)
        {
            // What is not counted yet is known once it is stored.
        }
    }
}
