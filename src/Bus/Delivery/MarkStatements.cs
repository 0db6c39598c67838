using BusIngest.Bus.Storage;

namespace BusIngest.Bus.Delivery;

/// <summary>The statements of the marks, over the model of <see cref="DeliveryContext"/>.</summary>
internal static class MarkStatements
{
    /// <summary>Marks a message as consumed.</summary>
    /// <returns>False when it was marked already.</returns>
    public static bool Mark(this SqliteSession session, Guid messageId, string endpoint, DateTimeOffset now) => session
        .Statement("INSERT OR IGNORE INTO consumed_messages (message_id, endpoint, consumed_at) VALUES (?1, ?2, ?3)")
        .Bind(1, messageId).Bind(2, endpoint).Bind(3, now.ToUnixTimeMilliseconds())
        .Execute() == 1;

    /// <summary>Whether a message is marked as consumed.</summary>
    public static bool IsMarked(this SqliteSession session, Guid messageId, string endpoint)
    {
        var mark = session
            .Statement("SELECT 1 FROM consumed_messages WHERE message_id = ?1 AND endpoint = ?2")
            .Bind(1, messageId).Bind(2, endpoint);
        var isMarked = mark.Read();
        mark.Reset();
        return isMarked;
    }

    /// <summary>Deletes marks that are older.</summary>
    /// <returns>How many, at most <paramref name="limit"/>.</returns>
    public static int DeleteMarks(this SqliteSession session, DateTimeOffset olderThan, int limit) => session
        .Statement("""
            DELETE FROM consumed_messages WHERE rowid IN
                (SELECT rowid FROM consumed_messages WHERE consumed_at < ?1 ORDER BY consumed_at LIMIT ?2)
            """)
        .Bind(1, olderThan.ToUnixTimeMilliseconds()).Bind(2, limit)
        .Execute();
}
