using BusIngest.Bus.Storage.Postgres;
using Npgsql;

namespace BusIngest.Workers.Events.Reading;

/// <inheritdoc />
internal sealed class PostgresAccountSample(PostgresDatabase database) : IAccountSample
{
    private const string Draw = """
        WITH start AS (SELECT (random() * coalesce(max(ref), 0))::int AS ref FROM event_accounts)
        (SELECT account_id FROM event_accounts WHERE ref >= (SELECT ref FROM start) ORDER BY ref LIMIT $1)
        UNION ALL (SELECT account_id FROM event_accounts WHERE ref < (SELECT ref FROM start) ORDER BY ref LIMIT $1)
        LIMIT $1
        """;

    public async Task<IReadOnlyList<string>> DrawAsync(int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await database.GuardAsync(() => DrawAsync(connection, limit, cancellationToken), cancellationToken);
    }

    private static async Task<IReadOnlyList<string>> DrawAsync(NpgsqlConnection connection, int limit, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Draw, connection);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var accounts = new List<string>(limit);
        while (await rows.ReadAsync(cancellationToken))
            accounts.Add(rows.GetString(0));
        return accounts;
    }
}
