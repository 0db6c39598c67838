using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace BusIngest.Bus.Storage.Postgres;

/// <summary>The PostgreSQL database that all processes share.</summary>
public sealed class PostgresDatabase : IMainDatabase, IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;
    private readonly ILogger _logger;

    /// <summary>Names it; nothing is connected before the first statement.</summary>
    /// <param name="options">Where it is.</param>
    /// <param name="logger">Where it is said what is odd about it.</param>
    /// <exception cref="ArgumentException">The connection string is none.</exception>
    public PostgresDatabase(PostgresOptions options, ILogger<PostgresDatabase>? logger = null)
    {
        var connection = PostgresSource.Complete(options);
        _source = PostgresSource.Build(connection, options.Reread is { } reread ? () => PostgresAddress.Parse(reread()).Password ?? "" : null);
        _logger = logger ?? NullLogger<PostgresDatabase>.Instance;
        var host = connection.Host!.Contains(',', StringComparison.Ordinal) ? connection.Host : $"{connection.Host}:{connection.Port}";
        Name = $"postgres://{host}/{connection.Database}";
    }

    /// <inheritdoc />
    public string Name { get; }

    /// <inheritdoc />
    public bool IsPostgres => true;

    /// <summary>Why its tables are not up to date; null when they are, or nobody has looked yet.</summary>
    internal string? SchemaTrouble { get; set; }

    /// <summary>Opens a connection of the pool.</summary>
    /// <exception cref="StorageUnavailableException">None is to be had now.</exception>
    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _source.OpenConnectionAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is NpgsqlException || (PostgresFailures.IsStorageFailure(exception) && !cancellationToken.IsCancellationRequested))
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
        PostgresMigrations.ApplyAsync(this, parts, _logger, cancellationToken);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private StorageUnavailableException OutOfReach(Exception exception) =>
        new($"{Name} is out of reach: {exception.Message}{PostgresFailures.Advice(exception)}", exception);
}
