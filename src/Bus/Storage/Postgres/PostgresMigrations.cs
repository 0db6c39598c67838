using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace BusIngest.Bus.Storage.Postgres;

/// <summary>Brings PostgreSQL up to date, one process at a time.</summary>
internal static class PostgresMigrations
{
    /// <summary>Any number that nobody else locks by: "busi" in ASCII. The lock is a transaction's, which holds its session behind a pooler, too; it goes
    /// with a process that is killed. The transaction does nothing while the migrations run on other connections.</summary>
    private const string Lock = "SET LOCAL idle_in_transaction_session_timeout = 0; SELECT pg_advisory_xact_lock(1651864425)";

    private const string Encoding = "SHOW server_encoding";

    /// <summary>How long another process may be at it, in seconds, before this one takes the database for away, and asks again.</summary>
    private const int LongestWait = 60;

    /// <summary>A table of a hundred million rows takes its time.</summary>
    private static readonly TimeSpan LongestMigration = TimeSpan.FromHours(12);

    /// <summary>Applies what is missing; where nothing is, it locks nothing. Then makes what a part needs besides.</summary>
    /// <exception cref="StorageUnavailableException">The database is away, or lets this role not do it, or another process has been at it for long.</exception>
    /// <exception cref="DatabaseUnfitException">Its encoding is not UTF-8.</exception>
    public static async Task ApplyAsync(PostgresDatabase database, IReadOnlyList<DatabaseContext> parts, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await database.OpenAsync(cancellationToken);
            await database.GuardAsync(
                async () =>
                {
                    await RequireUtf8Async(database, connection, cancellationToken);
                    SchemaVersions.WarnOfNewer(database, await SchemaVersions.NewerAsync(parts, cancellationToken), logger);
                    if ((await PendingAsync(parts, cancellationToken)).Count > 0)
                        await MigrateAsync(connection, parts, cancellationToken);
                    foreach (var part in parts)
                        await part.PrepareAsync(connection, cancellationToken);
                    return true;
                },
                cancellationToken);
            database.SchemaTrouble = null;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            database.SchemaTrouble = $"The tables are not brought up to date yet: {exception.Message}";
            throw;
        }
    }

    private static async Task MigrateAsync(NpgsqlConnection connection, IReadOnlyList<DatabaseContext> parts, CancellationToken cancellationToken)
    {
        await using var locking = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Lock, connection, locking);
        command.CommandTimeout = LongestWait;
        await command.ExecuteNonQueryAsync(cancellationToken);
        foreach (var part in await PendingAsync(parts, cancellationToken))
        {
            part.Database.SetCommandTimeout(LongestMigration);
            await part.Database.MigrateAsync(cancellationToken);
        }
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

    /// <summary>Any other encoding has no place for most of what clients may send, and each such text would be refused.</summary>
    private static async Task RequireUtf8Async(PostgresDatabase database, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Encoding, connection);
        if (await command.ExecuteScalarAsync(cancellationToken) is string encoding && !string.Equals(encoding, "UTF8", StringComparison.OrdinalIgnoreCase))
        {
            throw new DatabaseUnfitException(
                $"{database.Name} has the encoding {encoding}, and must have UTF8: make another one by CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0.");
        }
    }
}
