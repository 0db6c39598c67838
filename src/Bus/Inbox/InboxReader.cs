using BusIngest.Bus.Storage;

namespace BusIngest.Bus.Inbox;

/// <summary>Reads one endpoint's messages in the order of acceptance. Not thread-safe.</summary>
internal sealed class InboxReader : IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly string _select;
    private readonly string _end;
    private readonly string _endpoint;
    private SqliteSession? _session;
    private long _cursor;

    /// <summary>Reads messages that are for the endpoint alone, and those of the given types that are for all.</summary>
    public InboxReader(SqliteDatabase database, string table, string endpoint, IEnumerable<string> messageTypes)
    {
        _database = database;
        _endpoint = endpoint;
        var types = string.Join(", ", messageTypes.Select(type => $"'{type}'"));
        _select = $"""
            SELECT seq, message_id, message_type, endpoint, records, content_type, accepted_at, body, trace FROM {table}
            WHERE seq > ?1 AND (endpoint = ?2 OR (endpoint IS NULL AND message_type IN ({types})))
            ORDER BY seq LIMIT ?3
            """;
        _end = $"SELECT ifnull(max(seq), 0) FROM {table}";
    }

    /// <summary>The next messages, and moves past them.</summary>
    public List<InboxMessage> Read(int limit)
    {
        var session = _session ??= _database.OpenReader();
        // One transaction: the end of the table and the rows before it are of the same moment.
        session.Statement("BEGIN").Execute();
        try
        {
            var end = LastSeq(session);
            var messages = ReadRows(session, limit);
            // Past rows of other endpoints too, or each look would walk over all of them again.
            _cursor = messages.Count == limit ? messages[^1].Seq : Math.Max(_cursor, end);
            return messages;
        }
        finally
        {
            session.Statement("COMMIT").Execute();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _session?.Dispose();

    private long LastSeq(SqliteSession session)
    {
        var statement = session.Statement(_end);
        statement.Read();
        var last = statement.Number(0);
        statement.Reset();
        return last;
    }

    private List<InboxMessage> ReadRows(SqliteSession session, int limit)
    {
        var rows = session.Statement(_select).Bind(1, _cursor).Bind(2, _endpoint).Bind(3, limit);
        var messages = new List<InboxMessage>();
        while (rows.Read())
            messages.Add(ReadRow(rows));

        return messages;
    }

    /// <summary>The current row of a query for seq, message_id, message_type, endpoint, records, content_type, accepted_at, body and trace.</summary>
    public static InboxMessage ReadRow(SqliteStatement row) => new()
    {
        Seq = row.Number(0),
        MessageId = Guid.Parse(row.Text(1)!),
        MessageType = row.Text(2)!,
        Endpoint = row.Text(3),
        Records = (int)row.Number(4),
        ContentType = row.Text(5)!,
        AcceptedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.Number(6)),
        Body = row.Blob(7).ToArray(),
        Trace = row.Text(8),
    };
}
