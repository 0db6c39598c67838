using BusIngest.Bus.Delivery;
using BusIngest.Bus.Storage;

namespace BusIngest.Api.Dashboard.Reading.Events;

/// <inheritdoc />
internal sealed class SqliteEventCounts(DeliveryAudit audit) : IEventCounts
{
    /// <summary>All figures in one row. What was consumed and is still in the inbox is known by its mark.</summary>
    private const string Counts = """
        SELECT (SELECT records FROM inbox.accepted WHERE message_type = 'EventRecorded'),
               ledger.stored, ledger.known,
               (SELECT sum(records) FROM failed_messages WHERE message_type = 'EventRecorded' AND endpoint = 'events-store'),
               (SELECT sum(waiting.records) FROM inbox.inbox AS waiting
                WHERE waiting.message_type = 'EventRecorded'
                  AND NOT EXISTS (SELECT 1 FROM consumed_messages AS mark
                                  WHERE mark.message_id = waiting.message_id AND mark.endpoint = 'events-store')
                  AND NOT EXISTS (SELECT 1 FROM failed_messages AS failed
                                  WHERE failed.message_id = waiting.message_id AND failed.endpoint = 'events-store'))
        FROM event_ledger AS ledger WHERE ledger.id = 1
        """;

    public Task<EventCounts> ReadAsync(CancellationToken cancellationToken) => audit.ReadAsync(Read, cancellationToken);

    private static EventCounts Read(SqliteSession session)
    {
        var row = session.Statement(Counts);
        row.Read();
        var counts = new EventCounts(row.Number(0), row.Number(1), row.Number(2), row.Number(3), row.Number(4));
        row.Reset();
        return counts;
    }
}
