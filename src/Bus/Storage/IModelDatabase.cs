using Microsoft.EntityFrameworkCore;

namespace BusIngest.Bus.Storage;

/// <summary>A database that models are mapped to: a SQLite file, or PostgreSQL.</summary>
public interface IModelDatabase
{
    /// <summary>What to call it in messages; it holds no password.</summary>
    string Name { get; }

    /// <summary>Whether it is PostgreSQL.</summary>
    bool IsPostgres { get; }

    /// <summary>Connects a context to it.</summary>
    /// <param name="options">The context's.</param>
    /// <param name="part">What the context's part is called: its migrations are kept in `__migrations_{part}`.</param>
    /// <param name="assembly">Where its migrations are.</param>
    void Configure(DbContextOptionsBuilder options, string part, string? assembly);

    /// <summary>How ids, times and names are mapped.</summary>
    void Configure(ModelConfigurationBuilder conventions);

    /// <summary>Whether an exception of a query says that the database is away, and nothing of the query.</summary>
    bool IsAway(Exception exception);

    /// <summary>Applies the migrations that parts lack, as the only one at a time; where none is missing it only reads.</summary>
    /// <exception cref="StorageUnavailableException">The database can't be written, or is none.</exception>
    Task MigrateAsync(IReadOnlyList<DatabaseContext> parts, CancellationToken cancellationToken);
}
