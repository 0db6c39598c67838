using BusIngest.Bus.Storage;

namespace BusIngest.Bus.Failures;

/// <summary>The statements of the failed messages, over the model of <see cref="Delivery.DeliveryContext"/>.</summary>
internal static class FailureStatements
{
    /// <summary>Keeps a failure. One of the same message and endpoint is replaced, under a new id, so that a retry which is
    /// about to delete the old one leaves the new one alone.</summary>
    public static bool Keep(this SqliteSession session, FailedMessage failed) => session
        .Statement("""
            INSERT OR REPLACE INTO failed_messages (id, message_id, message_type, endpoint, records, attempts,
                exception_type, exception_message, exception_detail, failed_at, content_type, body)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
            """)
        .Bind(1, failed.Id).Bind(2, failed.MessageId).Bind(3, failed.MessageType).Bind(4, failed.Endpoint)
        .Bind(5, failed.Records).Bind(6, failed.Attempts).Bind(7, failed.ExceptionType).Bind(8, failed.ExceptionMessage)
        .Bind(9, failed.ExceptionDetail).Bind(10, failed.FailedAt.ToUnixTimeMilliseconds()).Bind(11, failed.ContentType)
        .Bind(12, failed.Body)
        .Execute() == 1;

    /// <summary>Deletes a failure.</summary>
    /// <returns>False when there is none of this id.</returns>
    public static bool DeleteFailure(this SqliteSession session, Guid id) =>
        session.Statement("DELETE FROM failed_messages WHERE id = ?1").Bind(1, id).Execute() == 1;
}
