using BusIngest.Bus.Storage;
using BusIngest.Workers.Events.Packing;
using BusIngest.Workers.Events.Storing;

namespace BusIngest.Workers.Events.Folding;

/// <summary>The statements that fold, over the model of <see cref="EventsContext"/>.</summary>
internal static class FoldStatements
{
    /// <summary>Whether there is something to fold.</summary>
    public static bool HasTail(this SqliteSession session)
    {
        var tail = session.Statement("SELECT 1 FROM event_tail LIMIT 1");
        var found = tail.Read();
        tail.Reset();
        return found;
    }

    /// <summary>The oldest part of the tail.</summary>
    /// <param name="session">The session.</param>
    /// <param name="enough">No more once it has so many events.</param>
    /// <returns>The rows' bodies, the last one's place, and how many events they have.</returns>
    public static (List<byte[]> Tails, long LastSeq, int Events) ReadTail(this SqliteSession session, int enough)
    {
        var rows = session.Statement("SELECT seq, events, body FROM event_tail ORDER BY seq");
        var tails = new List<byte[]>();
        var (last, events) = (0L, 0);
        while (events < enough && rows.Read())
        {
            last = rows.Number(0);
            events += (int)rows.Number(1);
            tails.Add(rows.Blob(2).ToArray());
        }

        rows.Reset();
        return (tails, last, events);
    }

    /// <summary>Removes the tail up to a row.</summary>
    public static void DeleteTail(this SqliteSession session, long lastSeq) =>
        session.Statement("DELETE FROM event_tail WHERE seq <= ?1").Bind(1, lastSeq).Execute();

    /// <summary>The last segment of an account's hour; null: there is none. The detail of one that is full is left out.</summary>
    public static Bucket? LastBucket(this SqliteSession session, long first)
    {
        var row = session
            .Statement("""
                SELECT key, events, counts, CASE WHEN events < ?3 THEN detail ELSE x'' END FROM event_buckets
                WHERE key >= ?1 AND key < ?2 ORDER BY key DESC LIMIT 1
                """)
            .Bind(1, first).Bind(2, BucketKey.End(first)).Bind(3, Bucket.MostEvents);
        if (!row.Read())
            return null;
        var bucket = new Bucket(row.Number(0), (int)row.Number(1), row.Blob(2).ToArray(), row.Blob(3).ToArray());
        row.Reset();
        return bucket;
    }

    /// <summary>Keeps a bucket as it is now.</summary>
    public static void Keep(this SqliteSession session, Bucket bucket) => session
        .Statement("INSERT OR REPLACE INTO event_buckets (key, events, counts, detail) VALUES (?1, ?2, ?3, ?4)")
        .Bind(1, bucket.Key).Bind(2, bucket.Events).Bind(3, bucket.Counts).Bind(4, bucket.Detail)
        .Execute();
}
