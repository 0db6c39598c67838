using BusIngest.Bus.Storage;

namespace BusIngest.Bus.Inbox;

/// <summary>The statements that only the inbox has, over the model of <see cref="InboxContext"/>.</summary>
internal static class InboxStatements
{
    /// <summary>Counts a message as accepted, in the transaction that accepts it.</summary>
    public static void CountAccepted(this SqliteSession session, InboxEntry entry) => session.CountAccepted(entry.MessageType, 1, entry.Records);

    /// <summary>Counts messages as accepted.</summary>
    public static void CountAccepted(this SqliteSession session, string messageType, long messages, long records) => session
        .Statement("""
            INSERT INTO accepted (message_type, messages, records) VALUES (?1, ?2, ?3)
            ON CONFLICT (message_type) DO UPDATE SET messages = messages + excluded.messages, records = records + excluded.records
            """)
        .Bind(1, messageType).Bind(2, messages).Bind(3, records).Execute();

    /// <summary>How many records wait, by the name of the message that carries them.</summary>
    public static List<(string MessageType, long Records)> SumRecords(this SqliteSession session)
    {
        var rows = session.Statement("SELECT message_type, sum(records) FROM inbox WHERE endpoint IS NULL GROUP BY message_type");
        var sums = new List<(string, long)>();
        while (rows.Read())
            sums.Add((rows.Text(0)!, rows.Number(1)));
        return sums;
    }

    /// <summary>Whether a message waits.</summary>
    public static bool Has(this SqliteSession session, Guid messageId)
    {
        var row = session.Statement("SELECT 1 FROM inbox WHERE message_id = ?1").Bind(1, messageId);
        var found = row.Read();
        row.Reset();
        return found;
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
