using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace BusIngest.Bus.Storage.Postgres;

/// <summary>Brings PostgreSQL up to date, one process at a time.</summary>
internal static class PostgresMigrations
{
    /// <summary>Any number that nobody else locks by: "busi" in ASCII.</summary>
    private const string Lock = "SELECT pg_advisory_lock(1651864425)";

    private const string Unlock = "SELECT pg_advisory_unlock(1651864425)";

    /// <summary>How long another process may be at it, in seconds, before this one takes the database for away, and asks again.</summary>
    private const int LongestWait = 60;

    /// <summary>Applies what is missing; where nothing is, it locks nothing. The lock is the session's: it goes with a process that is killed.</summary>
    /// <exception cref="StorageUnavailableException">The database is away, or another process has been at it for long.</exception>
    public static async Task ApplyAsync(PostgresDatabase database, IReadOnlyList<DatabaseContext> parts, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await database.GuardAsync(
            async () =>
            {
                if ((await PendingAsync(parts, cancellationToken)).Count == 0)
                    return true;

                await RunAsync(connection, Lock, cancellationToken);
                try
                {
                    foreach (var part in await PendingAsync(parts, cancellationToken))
                        await part.Database.MigrateAsync(cancellationToken);
                }
                finally
                {
                    await RunAsync(connection, Unlock, CancellationToken.None);
                }

                return true;
            },
            cancellationToken);
    }

    private static async Task<List<DatabaseContext>> PendingAsync(IReadOnlyList<DatabaseContext> parts, CancellationToken cancellationToken)
    {
        var pending = new List<DatabaseContext>();
        foreach (var part in parts)
        {
            if ((await part.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
                pending.Add(part);
        }

        return pending;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.CommandTimeout = LongestWait;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
