using BusIngest.Bus.Inbox;
using BusIngest.Bus.Storage;

namespace BusIngest.Bus.Outbox.Failover.Recovery;

/// <summary>Reads what is parked, once, from the oldest row on. Not thread-safe.</summary>
internal sealed class ParkedRows(InboxDatabase database) : IDisposable
{
    private const string Select = """
        SELECT seq, message_id, message_type, endpoint, records, content_type, accepted_at, body, trace FROM inbox
        WHERE seq > ?1 ORDER BY seq LIMIT ?2
        """;

    private readonly SqliteSession _session = database.OpenReader();
    private long _cursor;

    /// <summary>The next rows; none at the end.</summary>
    /// <param name="limit">At most so many.</param>
    /// <param name="bytes">No more once they have so many bytes.</param>
    public List<InboxMessage> Read(int limit, long bytes)
    {
        var rows = _session.Statement(Select).Bind(1, _cursor).Bind(2, limit);
        var messages = new List<InboxMessage>();
        while (bytes > 0 && rows.Read())
        {
            var row = InboxReader.ReadRow(rows);
            messages.Add(row);
            _cursor = row.Seq;
            bytes -= row.Body.Length;
        }

        rows.Reset();
        return messages;
    }

    /// <inheritdoc />
    public void Dispose() => _session.Dispose();
}
