using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace BusIngest.Bus.Storage.Postgres;

/// <summary>The PostgreSQL database that all processes share.</summary>
public sealed class PostgresDatabase : IMainDatabase, IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;

    /// <summary>Names it; nothing is connected before the first statement.</summary>
    /// <exception cref="ArgumentException">The connection string is none.</exception>
    public PostgresDatabase(PostgresOptions options)
    {
        var connection = PostgresAddress.Parse(options.ConnectionString);
        connection.MaxPoolSize = options.MaxConnections;
        connection.Timeout = (int)options.ConnectTimeout.TotalSeconds;
        connection.CommandTimeout = (int)options.CommandTimeout.TotalSeconds;
        // A statement that is run a second time is prepared, on each connection.
        connection.MaxAutoPrepare = 100;
        connection.AutoPrepareMinUsages = 2;
        connection.ApplicationName ??= "busingest";
        connection.IncludeErrorDetail = true;
        // A process that stands still holds its locks no longer than this.
        connection.Options ??= "-c idle_in_transaction_session_timeout=30s";
        _source = new NpgsqlDataSourceBuilder(connection.ConnectionString).Build();
        Name = $"postgres://{connection.Host}:{connection.Port}/{connection.Database}";
    }

    /// <inheritdoc />
    public string Name { get; }

    /// <inheritdoc />
    public bool IsPostgres => true;

    /// <summary>Opens a connection of the pool.</summary>
    /// <exception cref="StorageUnavailableException">None is to be had now.</exception>
    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _source.OpenConnectionAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is NpgsqlException || PostgresFailures.IsStorageFailure(exception))
        {
            // Whatever it is, no statement is to blame: a new server may not have the database yet, or a password is being changed.
            throw OutOfReach(exception);
        }
    }

    /// <summary>Runs something against the database, and tells a database that is away from a statement that is wrong.</summary>
    /// <exception cref="StorageUnavailableException">The database is away; whether what was sent to it happened may be unknown.</exception>
    public async Task<TResult> GuardAsync<TResult>(Func<Task<TResult>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work();
        }
        catch (Exception exception) when (PostgresFailures.IsStorageFailure(exception) && !cancellationToken.IsCancellationRequested)
        {
            throw OutOfReach(exception);
        }
    }

    /// <summary>Runs statements in one transaction, in one round trip and the commit's.</summary>
    /// <exception cref="StorageUnavailableException">The database is away; whether it happened may be unknown.</exception>
    public async Task ExecuteAsync(PostgresBatch batch, CancellationToken cancellationToken)
    {
        await using var unit = new PostgresUnit(this);
        await unit.ExecuteAsync(batch, cancellationToken);
        await unit.CommitAsync(cancellationToken);
    }

    /// <inheritdoc />
    public Task WriteAsync(int rows, Action<SqliteSession> sqlite, Action<PostgresBatch> postgres, CancellationToken cancellationToken = default)
    {
        var batch = new PostgresBatch();
        postgres(batch);
        return ExecuteAsync(batch, cancellationToken);
    }

    /// <inheritdoc />
    public async Task WriteInBulkAsync(
        int rows, Action<SqliteSession> sqlite, Func<NpgsqlConnection, Task> postgres, CancellationToken cancellationToken = default)
    {
        await using var unit = new PostgresUnit(this);
        await unit.RunAsync(
            async (connection, _) =>
            {
                await postgres(connection);
                return true;
            },
            cancellationToken);
        await unit.CommitAsync(cancellationToken);
    }

    /// <inheritdoc />
    public void Configure(DbContextOptionsBuilder options, string part, string? assembly) => options.UseNpgsql(
        _source, npgsql => npgsql.MigrationsHistoryTable($"__migrations_{part}").MigrationsAssembly(assembly));

    /// <summary>Ids and times have types of their own.</summary>
    public void Configure(ModelConfigurationBuilder conventions)
    {
        // As they are.
    }

    /// <inheritdoc />
    public bool IsAway(Exception exception) => PostgresFailures.IsStorageFailure(exception);

    /// <inheritdoc />
    public Task MigrateAsync(IReadOnlyList<DatabaseContext> parts, CancellationToken cancellationToken) =>
        PostgresMigrations.ApplyAsync(this, parts, cancellationToken);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private StorageUnavailableException OutOfReach(Exception exception) => new($"{Name} is out of reach: {exception.Message}", exception);
}
