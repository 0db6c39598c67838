using System.Collections.Concurrent;
using BusIngest.Bus.Storage.Postgres;
using Npgsql;

namespace BusIngest.Workers.Events.Storing;

/// <summary>Makes the partitions of the events as they are needed.</summary>
internal sealed class PostgresMonths(PostgresDatabase database, TimeProvider time)
{
    /// <summary>Anything, as long as nobody else has it; "evnt".</summary>
    public const long AdvisoryLock = 0x65766E74;

    private readonly ConcurrentDictionary<Month, bool> _made = new();

    /// <summary>Completes when there are partitions for the months. Those of long ago are looked for each time: retention may have dropped them.</summary>
    public async Task MakeAsync(IReadOnlySet<Month> months, CancellationToken cancellationToken)
    {
        var lately = new Month(Month.Of(time.GetUtcNow()).Number - 1);
        foreach (var month in months)
        {
            if (month.Number >= lately.Number && _made.ContainsKey(month))
                continue;
            await MakeAsync(month, cancellationToken);
            _made[month] = true;
        }
    }

    private async Task MakeAsync(Month month, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await database.GuardAsync(
            async () =>
            {
                // It takes a lock that storing has to wait for, so only where there is none.
                await using var find = new NpgsqlCommand("SELECT to_regclass($1) IS NOT NULL", connection);
                find.Parameters.Add(new NpgsqlParameter<string> { TypedValue = month.Table });
                return await find.ExecuteScalarAsync(cancellationToken) is true || await CreateAsync(connection, month, cancellationToken);
            },
            cancellationToken);
    }

    private static async Task<bool> CreateAsync(NpgsqlConnection connection, Month month, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var create = new NpgsqlCommand(
            $"""
            SELECT pg_advisory_xact_lock({AdvisoryLock});
            CREATE TABLE IF NOT EXISTS {month.Table} PARTITION OF events
            FOR VALUES FROM ('{month.Start:yyyy-MM-dd} 00:00:00+00') TO ('{month.Next.Start:yyyy-MM-dd} 00:00:00+00')
            """,
            connection,
            transaction);
        await create.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}
