using BusIngest.Bus.Storage.Postgres;
using NpgsqlTypes;

namespace BusIngest.Bus.Failures;

/// <summary>PostgreSQL's statements of the failed messages, over the model of <see cref="Delivery.DeliveryContext"/>.</summary>
internal static class PostgresFailureStatements
{
    /// <summary>Keeps a failure. One of the same message and endpoint is replaced, under a new id, so that a retry which is
    /// about to delete the old one leaves the new one alone.</summary>
    public static void Keep(this PostgresBatch batch, FailedMessage failed) => batch
        .Add("""
            INSERT INTO failed_messages (id, message_id, message_type, endpoint, records, attempts,
                exception_type, exception_message, exception_detail, failed_at, content_type, body)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            ON CONFLICT (message_id, endpoint) DO UPDATE SET id = excluded.id, records = excluded.records, attempts = excluded.attempts,
                exception_type = excluded.exception_type, exception_message = excluded.exception_message,
                exception_detail = excluded.exception_detail, failed_at = excluded.failed_at, body = excluded.body
            """)
        .Bind(failed.Id).Bind(failed.MessageId).Bind(failed.MessageType).Bind(failed.Endpoint)
        .Bind(failed.Records).Bind(failed.Attempts).Bind(Storable(failed.ExceptionType)).Bind(Storable(failed.ExceptionMessage))
        .Bind(Storable(failed.ExceptionDetail)).Bind(failed.FailedAt).Bind(failed.ContentType).Bind(failed.Body);

    /// <summary>Deletes failures; the check hears how many there were.</summary>
    public static PostgresCommand DeleteFailures(this PostgresBatch batch, IEnumerable<Guid> ids) =>
        batch.Add("DELETE FROM failed_messages WHERE id = ANY($1)").BindArray([.. ids], NpgsqlDbType.Uuid);

    /// <summary>PostgreSQL's text holds no NUL, and what an exception says may.</summary>
    private static string Storable(string text) => text.Replace("\0", "\uFFFD", StringComparison.Ordinal);
}
