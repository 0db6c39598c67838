using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Bus.Storage;

/// <summary>Brings every registered part of the databases to the program's own version.</summary>
public static class DatabaseMigrations
{
    /// <summary>Registers a part: a model with migrations in its own assembly.</summary>
    public static IServiceCollection AddDatabasePart<TContext>(this IServiceCollection services)
        where TContext : SqliteContext => services
            .AddTransient<TContext>()
            .AddTransient<SqliteContext>(provider => provider.GetRequiredService<TContext>());

    /// <summary>
    /// Applies what is missing; where nothing is, it only reads, so that a full disk keeps nobody from starting. The data
    /// directory's lock makes sure that one process does it.
    /// </summary>
    /// <exception cref="StorageUnavailableException">A file can't be written, or is not a database.</exception>
    public static async Task MigrateAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        foreach (var context in services.GetServices<SqliteContext>())
        {
            await using (context)
                await MigrateAsync(context, cancellationToken);
        }
    }

    private static async Task MigrateAsync(SqliteContext context, CancellationToken cancellationToken)
    {
        try
        {
            if (!(await context.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
                return;

            // Before the file gets its first table: readers must not hold up the writer.
            await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", cancellationToken);
            await ForgetDeadMigratorAsync(context, cancellationToken);
            await context.Database.MigrateAsync(cancellationToken);
        }
        catch (Microsoft.Data.Sqlite.SqliteException exception)
        {
            throw new StorageUnavailableException($"{context.File} can't be brought up to date: {exception.Message}", exception);
        }
    }

    /// <summary>EF marks a running migration by a row, which a kill leaves behind and the next start would wait for, for ever.</summary>
    private static async Task ForgetDeadMigratorAsync(SqliteContext context, CancellationToken cancellationToken)
    {
        await context.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS __EFMigrationsLock", cancellationToken);
    }
}
