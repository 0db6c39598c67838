using BusIngest.Bus.Delivery;
using BusIngest.Bus.Storage;

namespace BusIngest.Bus.Scheduling;

/// <summary>The schedule's statements, over the model of <see cref="SchedulingContext"/>.</summary>
internal static class ScheduleStatements
{
    /// <summary>Adds a message; one of the same token is replaced.</summary>
    public static void Schedule(this SqliteSession session, ScheduledEntry entry) => session
        .Statement("""
            INSERT INTO scheduled_messages (token_id, due_at, message_id, message_type, endpoint, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            ON CONFLICT (token_id) DO UPDATE SET due_at = excluded.due_at, message_id = excluded.message_id,
                message_type = excluded.message_type, endpoint = excluded.endpoint, body = excluded.body
            """)
        .Bind(1, entry.Token).Bind(2, Milliseconds(entry.DueAt)).Bind(3, entry.Message.MessageId)
        .Bind(4, entry.Message.MessageType).Bind(5, entry.Message.Endpoint).Bind(6, entry.Message.Envelope)
        .Execute();

    /// <summary>Takes a message back.</summary>
    /// <returns>False when there is none of this token, or it has fired.</returns>
    public static bool Unschedule(this SqliteSession session, Guid token) =>
        session.Statement("DELETE FROM scheduled_messages WHERE token_id = ?1").Bind(1, token).Execute() == 1;

    /// <summary>The message of a token, if it is due; null when it is not, was taken back, or has fired.</summary>
    public static CapturedMessage? FindDue(this SqliteSession session, Guid token, DateTimeOffset now)
    {
        var row = session
            .Statement("SELECT message_id, message_type, endpoint, body FROM scheduled_messages WHERE token_id = ?1 AND due_at <= ?2")
            .Bind(1, token).Bind(2, now.ToUnixTimeMilliseconds());
        if (!row.Read())
            return null;

        var message = new CapturedMessage(Guid.Parse(row.Text(0)!), row.Text(1)!, row.Text(2), row.Blob(3).ToArray());
        row.Reset();
        return message;
    }

    /// <summary>What is due up to a time, the earliest first.</summary>
    public static List<DueToken> DueUntil(this SqliteSession session, DateTimeOffset end, int limit)
    {
        var rows = session
            .Statement("SELECT token_id, due_at FROM scheduled_messages WHERE due_at <= ?1 ORDER BY due_at LIMIT ?2")
            .Bind(1, end.ToUnixTimeMilliseconds()).Bind(2, limit);
        var due = new List<DueToken>();
        while (rows.Read())
            due.Add(new DueToken(Guid.Parse(rows.Text(0)!), DateTimeOffset.FromUnixTimeMilliseconds(rows.Number(1))));
        return due;
    }

    /// <summary>Rounded up: a message never fires before its time.</summary>
    private static long Milliseconds(DateTimeOffset dueAt) => dueAt.AddTicks(TimeSpan.TicksPerMillisecond - 1).ToUnixTimeMilliseconds();
}
