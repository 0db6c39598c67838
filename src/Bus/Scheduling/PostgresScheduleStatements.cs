using BusIngest.Bus.Storage.Postgres;

namespace BusIngest.Bus.Scheduling;

/// <summary>PostgreSQL's statements of the schedule, over the model of <see cref="SchedulingContext"/>.</summary>
internal static class PostgresScheduleStatements
{
    /// <summary>Adds a message; one of the same token is replaced, and is in nobody's window.</summary>
    public static void Schedule(this PostgresBatch batch, ScheduledEntry entry) => batch
        .Add("""
            INSERT INTO scheduled_messages (token_id, due_at, message_id, message_type, endpoint, body) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (token_id) DO UPDATE SET due_at = excluded.due_at, message_id = excluded.message_id, leased_by = NULL,
                message_type = excluded.message_type, endpoint = excluded.endpoint, body = excluded.body
            """)
        .Bind(entry.Token).Bind(entry.DueAt).Bind(entry.Message.MessageId)
        .Bind(entry.Message.MessageType).Bind(entry.Message.Endpoint).Bind(entry.Message.Envelope);

    /// <summary>Takes a message back.</summary>
    public static void Unschedule(this PostgresBatch batch, Guid token) =>
        batch.Add("DELETE FROM scheduled_messages WHERE token_id = $1").Bind(token);
}
