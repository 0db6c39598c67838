using BusIngest.Bus.Storage;

namespace BusIngest.Bus.Delivery.Tracking;

/// <inheritdoc />
internal sealed class SqliteMarkLookup(MainDatabase database) : IMarkLookup
{
    public ValueTask<MessageStanding> FindAsync(Guid messageId, string endpoint, CancellationToken cancellationToken) => new(
        database.Readers.Read(session =>
            session.IsMarked(messageId, endpoint) ? MessageStanding.Consumed
            : HasFailed(session, messageId, endpoint) ? MessageStanding.Failed
            : MessageStanding.Unknown));

    private static bool HasFailed(SqliteSession session, Guid messageId, string endpoint)
    {
        var row = session.Statement("SELECT 1 FROM failed_messages WHERE message_id = ?1 AND endpoint = ?2").Bind(1, messageId).Bind(2, endpoint);
        var found = row.Read();
        row.Reset();
        return found;
    }
}
