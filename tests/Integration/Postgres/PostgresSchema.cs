using Npgsql;

namespace BusIngest.Integration.Postgres;

/// <summary>What PostgreSQL says that a database's tables are, as lines that can be compared.</summary>
internal static class PostgresSchema
{
    private const string Lines = """
        SELECT concat_ws('|', 'column', table_name, column_name, data_type, is_nullable, is_identity, identity_generation, column_default)
        FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE '\_\_%'
          AND table_name IN (SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition)
        UNION ALL
        SELECT concat_ws('|', 'index', tablename, indexdef) FROM pg_indexes WHERE schemaname = 'public' AND tablename NOT LIKE '\_\_%'
          AND tablename IN (SELECT relname FROM pg_class WHERE NOT relispartition)
        UNION ALL
        SELECT concat_ws('|', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid))
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid <> 0 AND conrelid::regclass::text NOT LIKE '%\_\_%'
          AND conrelid IN (SELECT oid FROM pg_class WHERE NOT relispartition)
        ORDER BY 1
        """;

    /// <summary>Columns, indexes and constraints, but for the migrations' own tables.</summary>
    public static async Task<List<string>> DescribeAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Lines, connection);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var lines = new List<string>();
        while (await rows.ReadAsync(cancellationToken))
            lines.Add(rows.GetString(0));
        return lines;
    }
}
