using Npgsql;
using NpgsqlTypes;

namespace BusIngest.Workers.Events.Storing;

/// <summary>PostgreSQL's statements of accounts' and users' numbers, over the model of <see cref="EventsContext"/>.</summary>
internal static class PostgresNameStatements
{
    private const string FindAccounts = "SELECT 0, account_id, ref FROM event_accounts WHERE account_id = ANY($2) AND $1::int[] IS NOT NULL";

    private const string FindUsers = """
        SELECT users.account, users.user_id, users.ref FROM unnest($1::int[], $2) AS wanted (account, user_id)
        JOIN event_users AS users USING (account, user_id)
        """;

    private const string AddAccounts = """
        INSERT INTO event_accounts (account_id) SELECT name FROM unnest($1::int[], $2) AS wanted (scope, name)
        ON CONFLICT (account_id) DO NOTHING
        """;

    private const string AddUsers = """
        INSERT INTO event_users (account, user_id) SELECT scope, name FROM unnest($1::int[], $2) AS wanted (scope, name)
        ON CONFLICT (account, user_id) DO NOTHING
        """;

    /// <summary>Adds the numbers of names that have one.</summary>
    public static async Task FindNamesAsync(
        this NpgsqlConnection connection,
        bool accounts,
        IReadOnlyCollection<(int Scope, string Name)> names,
        Dictionary<(int Scope, string Name), int> found,
        CancellationToken cancellationToken)
    {
        await using var command = Command(connection, accounts ? FindAccounts : FindUsers, names);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            found[(rows.GetInt32(0), rows.GetString(1))] = rows.GetInt32(2);
    }

    /// <summary>Gives numbers to names, unless somebody else has done so meanwhile.</summary>
    public static async Task AddNamesAsync(
        this NpgsqlConnection connection, bool accounts, IReadOnlyCollection<(int Scope, string Name)> names, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, accounts ? AddAccounts : AddUsers, names);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, IReadOnlyCollection<(int Scope, string Name)> names) => new(sql, connection)
    {
        Parameters =
        {
            new NpgsqlParameter<int[]> { TypedValue = [.. names.Select(name => name.Scope)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer },
            new NpgsqlParameter<string[]> { TypedValue = [.. names.Select(name => name.Name)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
        },
    };
}
