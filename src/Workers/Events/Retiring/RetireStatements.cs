using BusIngest.Bus.Storage;
using BusIngest.Workers.Events.Packing;
using BusIngest.Workers.Events.Storing;

namespace BusIngest.Workers.Events.Retiring;

/// <summary>The statements that delete old events, over the model of <see cref="EventsContext"/>.</summary>
internal static class RetireStatements
{
    /// <summary>Sets from when on events count; it never goes back.</summary>
    public static bool KeepFrom(this SqliteSession session, long fromMs) =>
        session.Statement("UPDATE event_state SET kept_from = ?1 WHERE id = 1 AND kept_from < ?1").Bind(1, fromMs).Execute() == 1;

    /// <summary>Old rows among some, with the hashes of their ids.</summary>
    public static List<(long Seq, long Hash)> OldRows(this SqliteSession session, long after, long upto, long beforeMs)
    {
        var former = session.FormerIdsUpto();
        var rows = session
            .Statement("SELECT seq, account_id, event_id FROM events WHERE seq > ?1 AND seq <= ?2 AND timestamp < ?3")
            .Bind(1, after).Bind(2, upto).Bind(3, beforeMs);
        var old = new List<(long, long)>();
        while (rows.Read())
        {
            var seq = rows.Number(0);
            old.Add((seq, seq <= former ? StorableEvents.FormerHash(rows.Blob(2)) : StorableEvents.Short(StorableEvents.Hash(rows.Blob(1), rows.Blob(2)))));
        }

        return old;
    }

    /// <summary>Deletes rows, and their ids.</summary>
    public static int DeleteRows(this SqliteSession session, IReadOnlyList<(long Seq, long Hash)> rows)
    {
        foreach (var (seq, hash) in rows)
        {
            session.Statement("DELETE FROM events WHERE seq = ?1").Bind(1, seq).Execute();
            session.Statement("DELETE FROM event_ids WHERE hash = ?1 AND seq = ?2").Bind(1, hash).Bind(2, seq).Execute();
        }

        return rows.Count;
    }

    /// <summary>Deletes the buckets of accounts that are of earlier hours.</summary>
    public static int DeleteBuckets(this SqliteSession session, int firstAccount, int lastAccount, long beforeHour)
    {
        var deleted = 0;
        for (var account = firstAccount; account <= lastAccount; account++)
        {
            deleted += session
                .Statement("DELETE FROM event_buckets WHERE key >= ?1 AND key < ?2")
                .Bind(1, BucketKey.First(account, 0)).Bind(2, BucketKey.First(account, beforeHour))
                .Execute();
        }

        return deleted;
    }
}
