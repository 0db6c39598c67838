using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace BusIngest.Bus.Storage.Postgres;

/// <summary>Brings PostgreSQL up to date, one process at a time.</summary>
internal static class PostgresMigrations
{
    /// <summary>Any number that nobody else locks by: "busi" in ASCII.</summary>
    private const string Lock = "SELECT pg_advisory_lock(1651864425)";

    private const string Unlock = "SELECT pg_advisory_unlock(1651864425)";

    /// <summary>Applies what is missing. The lock is the session's: it goes with a process that is killed.</summary>
    /// <exception cref="StorageUnavailableException">The database is away.</exception>
    public static async Task ApplyAsync(PostgresDatabase database, IReadOnlyList<DatabaseContext> parts, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await database.GuardAsync(
            async () =>
            {
                await RunAsync(connection, Lock, cancellationToken);
                try
                {
                    foreach (var part in parts)
                    {
                        if ((await part.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
                            await part.Database.MigrateAsync(cancellationToken);
                    }
                }
                finally
                {
                    await RunAsync(connection, Unlock, CancellationToken.None);
                }

                return true;
            },
            cancellationToken);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        // Another process may be at it for long.
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
