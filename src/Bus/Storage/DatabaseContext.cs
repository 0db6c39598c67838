using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Npgsql;

namespace BusIngest.Bus.Storage;

/// <summary>The model of a part of a database: its tables for the migrations, its rows for queries. It never writes rows.</summary>
/// <param name="database">The database.</param>
/// <param name="part">What the part is called: its migrations are kept in `__migrations_{part}`.</param>
public abstract class DatabaseContext(IModelDatabase database, string part) : DbContext
{
    /// <summary>Where the part is.</summary>
    internal IModelDatabase Store => database;

    /// <summary>Whether the part is in PostgreSQL.</summary>
    protected bool IsPostgres => database.IsPostgres;

    /// <summary>Runs a query.</summary>
    /// <exception cref="StorageUnavailableException">The database is away.</exception>
    public async Task<TResult> ReadAsync<TResult>(Func<Task<TResult>> query)
    {
        try
        {
            return await query();
        }
        catch (Exception exception) when (database.IsAway(exception.GetBaseException()) || database.IsAway(exception))
        {
            throw new StorageUnavailableException($"{database.Name} can't be read now: {exception.GetBaseException().Message}", exception);
        }
    }

    /// <summary>Makes what the part needs in PostgreSQL besides its migrations, and that may be missing by now; called after they were applied, and often.</summary>
    /// <param name="connection">Not in a transaction.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public virtual Task PrepareAsync(NpgsqlConnection connection, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder)
    {
        database.Configure(optionsBuilder, part, GetType().Assembly.GetName().Name);
        optionsBuilder
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
            // Migrations are written by hand, without snapshots; a test holds their schema against the model.
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));
    }

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        database.Configure(configurationBuilder);
        configurationBuilder.Conventions.Add(_ => new SnakeCaseColumns());
    }

    /// <summary>A row's number, which the database gives: SQLite's rowid without AUTOINCREMENT, an identity of PostgreSQL.</summary>
    protected void Number(PropertyBuilder<long> seq)
    {
        if (IsPostgres)
            NpgsqlPropertyBuilderExtensions.UseIdentityByDefaultColumn(seq);
        else
            seq.ValueGeneratedNever();
    }
}
