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

    /// <summary>Counts an account's events within a window, and finds its busiest users, as of one moment.</summary>
    /// <param name="session">Within a transaction.</param>
    /// <param name="account">The account.</param>
    /// <param name="window">The window; not empty.</param>
    /// <param name="tally">An empty one; it is given back.</param>
    /// <param name="cancellationToken">Ends it within a few milliseconds.</param>
    public static (EventTotals Totals, IReadOnlyList<UserEvents> Users) Summarize(
        this SqliteSession session, int account, in WindowMs window, Tally tally, CancellationToken cancellationToken)
    {
        var busiest = new BusiestUsers();
        session.Count(account, window, tally, cancellationToken);
        var totals = tally.Totals;
        session.Offer(account, tally, busiest, cancellationToken);
        while (tally.Next())
        {
            session.Count(account, window, tally, cancellationToken);
            session.Offer(account, tally, busiest, cancellationToken);
        }

        tally.Return();
        return (totals, busiest.Found);
    }

    private static void Count(this SqliteSession session, int account, in WindowMs window, Tally tally, CancellationToken cancellationToken)
    {
        var tail = session.Statement("SELECT body FROM event_tail");
        while (tail.Read())
            TailBody.Count(tail.Blob(0), account, tally, window.FromMs, window.ToMs);

        session.CountPart(account, window, window.FirstHour, Math.Min(window.FirstWholeHour, window.LastHour + 1), tally, cancellationToken);
        session.CountWhole(account, window.FirstWholeHour, window.EndWholeHour, tally, cancellationToken);
        session.CountPart(account, window, Math.Max(window.EndWholeHour, window.FirstWholeHour), window.LastHour + 1, tally, cancellationToken);
    }

    private static void Offer(this SqliteSession session, int account, Tally tally, BusiestUsers busiest, CancellationToken cancellationToken)
    {
        var candidates = busiest.Choose(tally);
        foreach (var (user, events) in candidates.Users)
            busiest.Offer(session.UserId(user), events);
        if (candidates.HasAll)
            return;

        // Those who are just as busy as the last one, in the order of their ids, by the index that has it.
        var users = session.Statement("SELECT ref, user_id FROM event_users WHERE account = ?1 ORDER BY user_id").Bind(1, account);
        while (users.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (tally.EventsOf((int)users.Number(0)) != candidates.Least)
                continue;
            var userId = users.Text(1)!;
            if (busiest.IsPast(userId))
                break;
            busiest.Offer(userId, candidates.Least);
        }

        users.Reset();
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

    private static void CountWhole(
        this SqliteSession session, int account, long firstHour, long endHour, Tally tally, CancellationToken cancellationToken)
    {
        if (firstHour >= endHour)
            return;
        var rows = session
            .Statement("SELECT counts FROM event_buckets WHERE key >= ?1 AND key < ?2")
            .Bind(1, BucketKey.First(account, firstHour)).Bind(2, BucketKey.First(account, endHour));
        while (rows.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            Counts.AddTo(tally, rows.Blob(0));
        }
    }

    private static void CountPart(
        this SqliteSession session, int account, in WindowMs window, long firstHour, long endHour, Tally tally, CancellationToken cancellationToken)
    {
        if (firstHour >= endHour)
            return;
        var rows = session
            .Statement("SELECT detail FROM event_buckets WHERE key >= ?1 AND key < ?2")
            .Bind(1, BucketKey.First(account, firstHour)).Bind(2, BucketKey.First(account, endHour));
        while (rows.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            Run.Count(rows.Blob(0), tally, window.FromMs, window.ToMs);
        }
    }
}
