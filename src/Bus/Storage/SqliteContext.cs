using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace BusIngest.Bus.Storage;

/// <summary>The model of a part of a SQLite file: its tables for the migrations, its rows for queries. It never writes rows.</summary>
/// <param name="database">The file.</param>
/// <param name="part">What the part is called: its migrations are kept in `__migrations_{part}`.</param>
public abstract class SqliteContext(SqliteDatabase database, string part) : DbContext
{
    /// <summary>The file's full path.</summary>
    internal string File => database.Path;

    /// <inheritdoc />
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder
        .UseSqlite($"Data Source={database.Path}", sqlite => sqlite
            .MigrationsHistoryTable($"__migrations_{part}")
            .MigrationsAssembly(GetType().Assembly.GetName().Name))
        .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
        // Migrations are written by hand, without snapshots; a spec holds their schema against the model.
        .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Guid>().HaveConversion<GuidAsText>();
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<TimeAsMilliseconds>();
        configurationBuilder.Conventions.Add(_ => new SnakeCaseColumns());
    }
}
