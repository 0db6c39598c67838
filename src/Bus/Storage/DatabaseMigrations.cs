using BusIngest.Bus.Storage.Files;
using BusIngest.Bus.Storage.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BusIngest.Bus.Storage;

/// <summary>Brings every registered part of the databases to the program's own version.</summary>
public static class DatabaseMigrations
{
    /// <summary>Registers a part: a model with migrations in its own assembly.</summary>
    public static IServiceCollection AddDatabasePart<TContext>(this IServiceCollection services)
        where TContext : DatabaseContext => services
            .AddTransient<TContext>()
            .AddTransient<DatabaseContext>(provider => provider.GetRequiredService<TContext>());

    /// <summary>Applies what is missing, database by database. One that is shared, and away, is left to <see cref="MigrationsInTime"/>.</summary>
    /// <exception cref="StorageUnavailableException">A file can't be written, or is no database.</exception>
    public static async Task MigrateAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var directory = services.GetRequiredService<DataDirectory>().Path;
        var files = services.GetServices<SqliteDatabase>().Select(database => database.Path).ToList();
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(DatabaseMigrations));
        KnownDatabases.Check(directory, files, logger);
        foreach (var database in await DatabasesAsync(services))
        {
            try
            {
                await MigrateAsync(services, database, cancellationToken);
            }
            catch (Exception exception) when (database.IsPostgres && exception is not DatabaseUnfitException)
            {
                // MigrationsInTime says so, again and again.
            }
        }

        KnownDatabases.Note(directory, files, logger);
    }

    private static async Task<List<IModelDatabase>> DatabasesAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        return [.. scope.ServiceProvider.GetServices<DatabaseContext>().Select(part => part.Store).Distinct()];
    }

    /// <summary>Applies what one database lacks.</summary>
    /// <exception cref="StorageUnavailableException">It can't be written, or is none.</exception>
    internal static async Task MigrateAsync(IServiceProvider services, IModelDatabase database, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        var parts = scope.ServiceProvider.GetServices<DatabaseContext>().Where(part => part.Store == database).ToList();
        await database.MigrateAsync(parts, cancellationToken);
    }
}
