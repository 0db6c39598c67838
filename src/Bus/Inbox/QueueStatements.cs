using BusIngest.Bus.Storage;

namespace BusIngest.Bus.Inbox;

/// <summary>The hot statements of one table of messages, over the model of <see cref="InboxMessage"/>.</summary>
/// <param name="table">`inbox` or `outgoing`.</param>
internal sealed class QueueStatements(string table)
{
    private readonly string _insert = $"""
        INSERT OR IGNORE INTO {table} (seq, message_id, message_type, endpoint, records, content_type, accepted_at, body, trace)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        """;

    private readonly string _delete = $"DELETE FROM {table} WHERE seq = ?1";

    private readonly string _measure =
        $"SELECT message_type, count(*), sum(records), sum(length(body)), max(seq) FROM {table} GROUP BY message_type";

    // Rows are in the order of their commits: of those that were under way at once, a later one may have been accepted a moment earlier.
    private readonly string _oldest =
        $"SELECT min(accepted_at) FROM (SELECT accepted_at FROM {table} WHERE ?1 IS NULL OR message_type = ?1 ORDER BY seq LIMIT 4)";

    private readonly string _orphans = $"SELECT message_type, endpoint, count(*) FROM {table} GROUP BY message_type, endpoint";

    /// <summary>Adds a row; a message that already waits for the same endpoint stays as it is.</summary>
    /// <returns>Whether it was added.</returns>
    public bool Insert(SqliteSession session, long seq, InboxEntry entry) => session
        .Statement(_insert)
        .Bind(1, seq).Bind(2, entry.MessageId).Bind(3, entry.MessageType).Bind(4, entry.Endpoint).Bind(5, entry.Records)
        .Bind(6, entry.ContentType).Bind(7, entry.AcceptedAt.ToUnixTimeMilliseconds()).Bind(8, entry.Body.Span).Bind(9, entry.Trace)
        .Execute() == 1;

    public void Delete(SqliteSession session, long seq) => session.Statement(_delete).Bind(1, seq).Execute();

    /// <summary>What waits of each type, and the highest place given so far.</summary>
    public (Dictionary<string, InboxStatus> ByType, long LastSeq) Measure(SqliteSession session)
    {
        var rows = session.Statement(_measure);
        var byType = new Dictionary<string, InboxStatus>(StringComparer.Ordinal);
        var last = 0L;
        while (rows.Read())
        {
            byType[rows.Text(0)!] = new InboxStatus(rows.Number(1), rows.Number(2), rows.Number(3));
            last = Math.Max(last, rows.Number(4));
        }

        return (byType, last);
    }

    /// <summary>When the first of the messages that wait was accepted; null when none does.</summary>
    /// <param name="session">Reads.</param>
    /// <param name="messageType">Only messages of this name; null: all.</param>
    public DateTimeOffset? Oldest(SqliteSession session, string? messageType = null)
    {
        var oldest = session.Statement(_oldest).Bind(1, messageType);
        oldest.Read();
        var time = oldest.Text(0) is null ? (DateTimeOffset?)null : DateTimeOffset.FromUnixTimeMilliseconds(oldest.Number(0));
        oldest.Reset();
        return time;
    }

    /// <summary>How many messages wait of each type and for each endpoint; null: for all that subscribe.</summary>
    public List<(string Type, string? Endpoint, long Count)> Waiting(SqliteSession session)
    {
        var rows = session.Statement(_orphans);
        var waiting = new List<(string, string?, long)>();
        while (rows.Read())
            waiting.Add((rows.Text(0)!, rows.Text(1), rows.Number(2)));
        return waiting;
    }
}
