using BusIngest.Bus.Storage.Postgres;
using Npgsql;

namespace BusIngest.Api.Dashboard.Reading.Events;

/// <inheritdoc />
internal sealed class PostgresBusyAccounts(PostgresDatabase database) : IBusyAccountQuery
{
    private const string Find = """
        SELECT account.account_id, bucket.total
        FROM event_accounts AS account
        CROSS JOIN LATERAL (SELECT sum(events)::bigint AS total FROM event_buckets
                            WHERE key >= (account.ref::bigint << $1) + $2 AND key < (account.ref::bigint << $1) + $3) AS bucket
        WHERE bucket.total > 0 ORDER BY bucket.total DESC, account.account_id LIMIT $4
        """;

    public async Task<IReadOnlyList<BusyAccount>> ListAsync(long firstHour, long endHour, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await database.GuardAsync(
            async () =>
            {
                await using var command = new NpgsqlCommand(Find, connection);
                command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = BucketHour.AccountShift });
                command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = BucketHour.Offset(firstHour) });
                command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = BucketHour.Offset(endHour) });
                command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
                await using var rows = await command.ExecuteReaderAsync(cancellationToken);
                var accounts = new List<BusyAccount>(limit);
                while (await rows.ReadAsync(cancellationToken))
                    accounts.Add(new BusyAccount(rows.GetString(0), rows.GetInt64(1)));
                return accounts;
            },
            cancellationToken);
    }
}
