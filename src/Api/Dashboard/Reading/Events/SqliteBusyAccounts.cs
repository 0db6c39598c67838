using BusIngest.Bus.Storage;

namespace BusIngest.Api.Dashboard.Reading.Events;

/// <inheritdoc />
internal sealed class SqliteBusyAccounts(MainDatabase database) : IBusyAccountQuery
{
    private const string Find = """
        SELECT account.account_id,
               (SELECT sum(bucket.events) FROM event_buckets AS bucket
                WHERE bucket.key >= (account.ref << ?1) + ?2 AND bucket.key < (account.ref << ?1) + ?3) AS total
        FROM event_accounts AS account ORDER BY total DESC, account.account_id LIMIT ?4
        """;

    public Task<IReadOnlyList<BusyAccount>> ListAsync(long firstHour, long endHour, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<BusyAccount>>(database.Readers.Read(session => List(session, firstHour, endHour, limit)));

    private static List<BusyAccount> List(SqliteSession session, long firstHour, long endHour, int limit)
    {
        var rows = session.Statement(Find)
            .Bind(1, BucketHour.AccountShift).Bind(2, BucketHour.Offset(firstHour)).Bind(3, BucketHour.Offset(endHour)).Bind(4, limit);
        var accounts = new List<BusyAccount>(limit);
        while (rows.Read())
        {
            if (rows.Number(1) is > 0 and var events)
                accounts.Add(new BusyAccount(rows.Text(0)!, events));
        }

        return accounts;
    }
}
