using BusIngest.Bus.Storage;

namespace BusIngest.Bus.Inbox;

/// <summary>The inbox's hot statements, over the model of <see cref="InboxContext"/>.</summary>
internal static class InboxStatements
{
    /// <summary>Adds a row; a message that already waits for the same endpoint stays as it is.</summary>
    /// <returns>Whether it was added.</returns>
    public static bool Insert(this SqliteSession session, long seq, InboxEntry entry) => session
        .Statement("""
            INSERT OR IGNORE INTO inbox (seq, message_id, message_type, endpoint, records, content_type, accepted_at, body)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            """)
        .Bind(1, seq).Bind(2, entry.MessageId).Bind(3, entry.MessageType).Bind(4, entry.Endpoint).Bind(5, entry.Records)
        .Bind(6, entry.ContentType).Bind(7, entry.AcceptedAt.ToUnixTimeMilliseconds()).Bind(8, entry.Body.Span)
        .Execute() == 1;

    /// <summary>Counts a message as accepted, in the transaction that accepts it.</summary>
    public static void CountAccepted(this SqliteSession session, InboxEntry entry) => session
        .Statement("""
            INSERT INTO accepted (message_type, messages, records) VALUES (?1, 1, ?2)
            ON CONFLICT (message_type) DO UPDATE SET messages = messages + 1, records = records + excluded.records
            """)
        .Bind(1, entry.MessageType).Bind(2, entry.Records).Execute();

    public static void Delete(this SqliteSession session, long seq) =>
        session.Statement("DELETE FROM inbox WHERE seq = ?1").Bind(1, seq).Execute();

    /// <summary>What waits, and the highest place given so far.</summary>
    public static (InboxStatus Status, long LastSeq) Measure(this SqliteSession session)
    {
        var statement = session.Statement(
            "SELECT count(*), ifnull(sum(records), 0), ifnull(sum(length(body)), 0), ifnull(max(seq), 0) FROM inbox");
        statement.Read();
        var result = (new InboxStatus(statement.Number(0), statement.Number(1), statement.Number(2)), statement.Number(3));
        statement.Reset();
        return result;
    }

    /// <summary>Whether the view is there, as this program would make it.</summary>
    public static bool Has(this SqliteSession session, InboxView view)
    {
        var found = session.Statement("SELECT 1 FROM sqlite_master WHERE type = 'view' AND sql = ?1").Bind(1, view.Sql);
        var exists = found.Read();
        found.Reset();
        return exists;
    }

    /// <summary>Makes a view anew: it holds nothing.</summary>
    public static bool Create(this SqliteSession session, InboxView view)
    {
        session.Execute($"DROP VIEW IF EXISTS {view.Name}; {view.Sql}");
        return true;
    }
}
