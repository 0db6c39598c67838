using System.Text;
using BusIngest.Bus.Storage;
using BusIngest.Workers.Events.Packing;
using BusIngest.Workers.Events.Storing;

namespace BusIngest.Workers.Events.Reading;

/// <summary>The statements that read summaries, over the model of <see cref="EventsContext"/>.</summary>
internal static class ReadStatements
{
    /// <summary>From when on events are kept, in milliseconds since 1970.</summary>
    public static long KeptFrom(this SqliteSession session) => session.NumberOf("SELECT kept_from FROM event_state WHERE id = 1");

    /// <summary>Counts an account's events within a window.</summary>
    public static void Count(this SqliteSession session, int account, in WindowMs window, Tally tally)
    {
        var tail = session.Statement("SELECT body FROM event_tail");
        while (tail.Read())
            TailBody.Count(tail.Blob(0), account, tally, window.FromMs, window.ToMs);

        session.CountPart(account, window, window.FirstHour, Math.Min(window.FirstWholeHour, window.LastHour + 1), tally);
        session.CountWhole(account, window.FirstWholeHour, window.EndWholeHour, tally);
        session.CountPart(account, window, Math.Max(window.EndWholeHour, window.FirstWholeHour), window.LastHour + 1, tally);
    }

    /// <summary>A user's own id.</summary>
    public static string UserId(this SqliteSession session, int user)
    {
        var row = session.Statement("SELECT user_id FROM event_users WHERE ref = ?1").Bind(1, user);
        row.Read();
        var name = row.Text(0)!;
        row.Reset();
        return name;
    }

    /// <summary>How many accounts there are: they are numbered without gaps.</summary>
    public static int CountAccounts(this SqliteSession session) => (int)session.NumberOf("SELECT max(ref) FROM event_accounts");

    /// <summary>Adds ids of accounts, by their numbers.</summary>
    public static void ReadAccounts(this SqliteSession session, int from, int to, int limit, List<string> accounts)
    {
        var rows = session
            .Statement("SELECT account_id FROM event_accounts WHERE ref >= ?1 AND ref < ?2 ORDER BY ref LIMIT ?3")
            .Bind(1, from).Bind(2, to).Bind(3, limit);
        while (rows.Read())
            accounts.Add(rows.Text(0)!);
    }

    /// <summary>An account's number; 0: nobody has heard of it.</summary>
    public static int Account(this SqliteSession session, string accountId) => session.FindAccount(Encoding.UTF8.GetBytes(accountId));

    private static void CountWhole(this SqliteSession session, int account, long firstHour, long endHour, Tally tally)
    {
        if (firstHour >= endHour)
            return;
        var rows = session
            .Statement("SELECT counts FROM event_buckets WHERE key >= ?1 AND key < ?2")
            .Bind(1, BucketKey.First(account, firstHour)).Bind(2, BucketKey.First(account, endHour));
        while (rows.Read())
            Counts.AddTo(tally, rows.Blob(0));
    }

    private static void CountPart(this SqliteSession session, int account, in WindowMs window, long firstHour, long endHour, Tally tally)
    {
        if (firstHour >= endHour)
            return;
        var rows = session
            .Statement("SELECT detail FROM event_buckets WHERE key >= ?1 AND key < ?2")
            .Bind(1, BucketKey.First(account, firstHour)).Bind(2, BucketKey.First(account, endHour));
        while (rows.Read())
            Run.Count(rows.Blob(0), tally, window.FromMs, window.ToMs);
    }
}
