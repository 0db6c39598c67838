using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Bus.Storage;

/// <summary>Brings every registered part of the databases to the program's own version.</summary>
public static class DatabaseMigrations
{
    /// <summary>Registers a part: a model with migrations in its own assembly.</summary>
    public static IServiceCollection AddDatabasePart<TContext>(this IServiceCollection services)
        where TContext : DatabaseContext => services
            .AddTransient<TContext>()
            .AddTransient<DatabaseContext>(provider => provider.GetRequiredService<TContext>());

    /// <summary>Applies what is missing, database by database.</summary>
    /// <exception cref="StorageUnavailableException">A database can't be written, or is none.</exception>
    public static async Task MigrateAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var parts = services.GetServices<DatabaseContext>().ToList();
        try
        {
            foreach (var database in parts.GroupBy(part => part.Store))
                await database.Key.MigrateAsync([.. database], cancellationToken);
        }
        finally
        {
            foreach (var part in parts)
                await part.DisposeAsync();
        }
    }
}
