using Npgsql;

namespace BusIngest.Workers.Events.Storing;

/// <summary>Makes the partition of a month, where this role may. Where it may not, the month's events go to <see cref="Month.Others"/>.</summary>
internal static class MonthPartition
{
    /// <summary>Anything, as long as nobody else has it; "evnt".</summary>
    public const long AdvisoryLock = 0x65766E74;

    /// <summary>Makes it, unless it is there.</summary>
    /// <param name="connection">Not in a transaction.</param>
    /// <param name="month">The month.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task MakeAsync(NpgsqlConnection connection, Month month, CancellationToken cancellationToken)
    {
        // It takes a lock that storing has to wait for, so only where there is none.
        if (await IsTrueAsync(connection, MayMake(month), cancellationToken))
            await CreateAsync(connection, month, cancellationToken);
    }

    /// <summary>To make one takes the ownership of `events` and CREATE on its schema.</summary>
    private static string MayMake(Month month) => $"""
        SELECT to_regclass('{month.Table}') IS NULL AND pg_has_role(relowner, 'USAGE') AND has_schema_privilege(relnamespace, 'CREATE')
        FROM pg_class WHERE oid = 'events'::regclass
        """;

    private static async Task CreateAsync(NpgsqlConnection connection, Month month, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // Others waits, so that no event of the month comes in between; where some are there already, those of the month stay together there.
        if (await IsTrueAsync(
            connection,
            $"""
            SELECT pg_advisory_xact_lock({AdvisoryLock});
            LOCK TABLE {Month.Others} IN SHARE ROW EXCLUSIVE MODE;
            SELECT EXISTS (SELECT FROM {Month.Others} WHERE timestamp >= '{Moment(month)}' AND timestamp < '{Moment(month.Next)}')
            """,
            cancellationToken))
        {
            return;
        }

        await using var create = new NpgsqlCommand(
            $"CREATE TABLE IF NOT EXISTS {month.Table} PARTITION OF events FOR VALUES FROM ('{Moment(month)}') TO ('{Moment(month.Next)}')",
            connection,
            transaction);
        await create.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task<bool> IsTrueAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // The names and times are the program's own.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var last = false;
        do
        {
            while (await rows.ReadAsync(cancellationToken))
                last = rows.GetValue(0) is true;
        }
        while (await rows.NextResultAsync(cancellationToken));
        return last;
    }

    private static string Moment(Month month) => $"{month.Start:yyyy-MM-dd} 00:00:00+00";
}
