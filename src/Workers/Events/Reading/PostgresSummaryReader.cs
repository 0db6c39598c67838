using System.Collections.Concurrent;
using System.Data;
using BusIngest.Bus.Storage.Postgres;
using BusIngest.Workers.Events.Packing;
using Npgsql;
using NpgsqlTypes;

namespace BusIngest.Workers.Events.Reading;

/// <inheritdoc />
internal sealed class PostgresSummaryReader(PostgresDatabase database, ICompleteUntil complete) : ISummaryReader
{
    private const int MostNames = 200_000;
    private const short IsBucket = 0;
    private const short IsTail = 1;

    /// <summary>One statement, one snapshot: the account's buckets, with the detail of those that the window has in part, and the tail.</summary>
    private const string Find = """
        SELECT 0::smallint, key, counts, CASE WHEN key < $3 OR key >= $4 THEN detail END
        FROM event_buckets WHERE key >= $1 AND key < $2
        UNION ALL SELECT 1::smallint, 0, body, NULL FROM event_tail
        UNION ALL SELECT 2::smallint, (extract(epoch FROM kept_from) * 1000)::bigint, NULL, NULL FROM event_state
        """;

    private const string FindUsers = "SELECT ref, user_id FROM event_users WHERE ref = ANY($1)";

    private const string FindAllUsers = "SELECT ref, user_id FROM event_users WHERE account = $1";

    // Numbers are never given to somebody else.
    private readonly ConcurrentDictionary<string, int> _accounts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, string> _users = new();
    private long _keptFromMs;

    public async Task<AccountSummary> ReadAsync(string accountId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        // Before the snapshot: what was complete then is complete in it.
        var asOf = await complete.ReadAsync(cancellationToken);
        await using var connection = await database.OpenAsync(cancellationToken);
        return await database.GuardAsync(
            async () =>
            {
                var account = await AccountAsync(connection, accountId, cancellationToken);
                var (totals, busiest) = account == 0 ? (default, []) : await SummarizeAsync(connection, account, from, to, cancellationToken);
                return new AccountSummary(accountId, totals, busiest, asOf);
            },
            cancellationToken);
    }

    /// <summary>An account with more users than are counted at once is read several times, and then within one transaction.</summary>
    private async Task<(EventTotals Totals, IReadOnlyList<UserEvents> Busiest)> SummarizeAsync(
        NpgsqlConnection connection, int account, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var tally = Tally.Rent();
        await CountAsync(connection, account, from, to, tally, cancellationToken);
        await using var moment = tally.HasMore ? await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken) : null;
        if (moment is not null)
        {
            tally = Tally.Rent();
            await CountAsync(connection, account, from, to, tally, cancellationToken);
        }

        var (totals, busiest) = (tally.Totals, new BusiestUsers());
        await OfferAsync(connection, account, tally, busiest, cancellationToken);
        while (tally.Next())
        {
            await CountAsync(connection, account, from, to, tally, cancellationToken);
            await OfferAsync(connection, account, tally, busiest, cancellationToken);
        }

        tally.Return();
        return (totals, busiest.Found);
    }

    private async Task CountAsync(
        NpgsqlConnection connection, int account, DateTimeOffset from, DateTimeOffset to, Tally tally, CancellationToken cancellationToken)
    {
        while (true)
        {
            var keptFromMs = Volatile.Read(ref _keptFromMs);
            var window = WindowMs.Of(from, to, keptFromMs);
            await using var rows = await FindAsync(connection, account, window, cancellationToken);
            var found = await CountAsync(rows, account, window, tally, cancellationToken);
            if (found == keptFromMs)
                return;

            // Somebody has begun to delete what is older; that is so once a month.
            Volatile.Write(ref _keptFromMs, found);
            tally.Restart();
        }
    }

    private static async Task<NpgsqlDataReader> FindAsync(NpgsqlConnection connection, int account, WindowMs window, CancellationToken cancellationToken)
    {
        await using var find = new NpgsqlCommand(Find, connection);
        var (first, end) = window.IsEmpty ? (window.FirstHour, window.FirstHour) : (window.FirstHour, window.LastHour + 1);
        foreach (var hour in new[] { first, end, window.FirstWholeHour, window.EndWholeHour })
            find.Parameters.Add(new NpgsqlParameter<long> { TypedValue = BucketKey.First(account, hour) });
        return await find.ExecuteReaderAsync(cancellationToken);
    }

    /// <summary>Counts what was found.</summary>
    /// <returns>From when on events are kept.</returns>
    private static async Task<long> CountAsync(NpgsqlDataReader rows, int account, WindowMs window, Tally tally, CancellationToken cancellationToken)
    {
        var keptFromMs = 0L;
        while (await rows.ReadAsync(cancellationToken))
        {
            switch (rows.GetInt16(0))
            {
                case IsTail:
                    TailBody.Count(rows.GetFieldValue<byte[]>(2), account, tally, window.FromMs, window.ToMs);
                    break;
                case IsBucket when window.HasWhole(BucketKey.Hour(rows.GetInt64(1))):
                    Counts.AddTo(tally, rows.GetFieldValue<byte[]>(2));
                    break;
                case IsBucket:
                    Run.Count(rows.GetFieldValue<byte[]>(3), tally, window.FromMs, window.ToMs);
                    break;
                default:
                    keptFromMs = rows.GetInt64(1);
                    break;
            }
        }

        return keptFromMs;
    }

    private async Task<int> AccountAsync(NpgsqlConnection connection, string accountId, CancellationToken cancellationToken)
    {
        if (_accounts.TryGetValue(accountId, out var known))
            return known;

        await using var find = new NpgsqlCommand("SELECT ref FROM event_accounts WHERE account_id = $1", connection);
        find.Parameters.Add(new NpgsqlParameter<string> { TypedValue = accountId });
        if (await find.ExecuteScalarAsync(cancellationToken) is not int number)
            return 0;
        if (_accounts.Count >= MostNames)
            _accounts.Clear();
        return _accounts[accountId] = number;
    }

    private async Task OfferAsync(NpgsqlConnection connection, int account, Tally tally, BusiestUsers busiest, CancellationToken cancellationToken)
    {
        var candidates = busiest.Choose(tally);
        var names = await NameAsync(connection, candidates.Users, cancellationToken);
        foreach (var (user, events) in candidates.Users)
            busiest.Offer(names[user], events);
        if (candidates.HasAll)
            return;

        await using var find = new NpgsqlCommand(FindAllUsers, connection);
        find.Parameters.Add(new NpgsqlParameter<int> { TypedValue = account });
        await using var rows = await find.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            if (tally.EventsOf(rows.GetInt32(0)) == candidates.Least)
                busiest.Offer(rows.GetString(1), candidates.Least);
        }
    }

    private async Task<Dictionary<int, string>> NameAsync(
        NpgsqlConnection connection, List<(int User, long Events)> users, CancellationToken cancellationToken)
    {
        var names = new Dictionary<int, string>(users.Count);
        foreach (var (user, _) in users)
        {
            if (_users.TryGetValue(user, out var name))
                names[user] = name;
        }

        if (names.Count < users.Count)
            await FindUsersAsync(connection, [.. users.Select(user => user.User).Where(user => !names.ContainsKey(user))], names, cancellationToken);
        return names;
    }

    private async Task FindUsersAsync(NpgsqlConnection connection, int[] unknown, Dictionary<int, string> names, CancellationToken cancellationToken)
    {
        await using var find = new NpgsqlCommand(FindUsers, connection);
        find.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = unknown, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer });
        await using var rows = await find.ExecuteReaderAsync(cancellationToken);
        if (_users.Count >= MostNames)
            _users.Clear();
        while (await rows.ReadAsync(cancellationToken))
            names[rows.GetInt32(0)] = _users[rows.GetInt32(0)] = rows.GetString(1);
    }
}
