using Microsoft.EntityFrameworkCore;

namespace BusIngest.Bus.Storage;

/// <summary>Brings a part of a SQLite file up to date. The data directory's lock makes sure that one process does it.</summary>
internal static class SqliteMigrations
{
    /// <summary>Applies what is missing; where nothing is, it only reads, so that a full disk keeps nobody from starting.</summary>
    /// <exception cref="StorageUnavailableException">The file can't be written, or is not a database.</exception>
    public static async Task ApplyAsync(DatabaseContext context, CancellationToken cancellationToken)
    {
        try
        {
            if (!(await context.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
                return;

            // Before the file gets its first table: readers must not hold up the writer.
            await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", cancellationToken);
            // EF marks a running migration by a row, which a kill leaves behind and the next start would wait for, for ever.
            await context.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS __EFMigrationsLock", cancellationToken);
            await context.Database.MigrateAsync(cancellationToken);
        }
        catch (Microsoft.Data.Sqlite.SqliteException exception)
        {
            throw new StorageUnavailableException($"{context.Store.Name} can't be brought up to date: {exception.Message}", exception);
        }
    }
}
