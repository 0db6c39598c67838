using BusIngest.Bus.Storage.Postgres;
using Npgsql;

namespace BusIngest.Api.Commands;

/// <summary>Empties the tables in PostgreSQL, all in one transaction, beside whoever writes to them.</summary>
internal sealed class CleanPostgres : ICleanTarget
{
    private const int MaxTries = 5;
    private const int TimeoutSeconds = 600;

    private readonly string _connectionString;
    private readonly IReadOnlyList<CleanTable> _tables;
    private readonly IReadOnlyList<CleanDataDirectory> _directories;

    /// <summary>Connects to nothing yet.</summary>
    /// <param name="options">Where it is.</param>
    /// <param name="tables">The program's tables.</param>
    /// <param name="directories">Those that are cleaned before it: what they had parked is in its ledger.</param>
    public CleanPostgres(PostgresOptions options, IEnumerable<CleanTable> tables, IReadOnlyList<CleanDataDirectory> directories)
    {
        _directories = directories;
        var connection = PostgresAddress.Parse(options.ConnectionString);
        connection.Pooling = false;
        connection.Timeout = (int)options.ConnectTimeout.TotalSeconds;
        connection.CommandTimeout = TimeoutSeconds;
        _connectionString = connection.ConnectionString;
        _tables = [.. tables.Where(table => !table.IsInbox && !CleanLedger.Tables.Contains(table.Name, StringComparer.Ordinal))];
        Name = $"PostgreSQL {connection.Host}:{connection.Port}/{connection.Database}";
    }

    /// <inheritdoc />
    public string Name { get; }

    /// <inheritdoc />
    public Task<CleanStock> CountAsync(CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        await using var connection = await OpenAsync(cancellationToken);
        var items = new List<CleanItem>();
        foreach (var table in (await ExistingAsync(connection, cancellationToken)).Where(table => table.IsCounted))
            items.Add(new CleanItem(table.Name, await ScalarAsync<long>(connection, $"SELECT count(*) FROM {table.Name}", cancellationToken), "rows"));
        return new CleanStock(items);
    });

    /// <inheritdoc />
    public Task CleanAsync(CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        await using var connection = await OpenAsync(cancellationToken);
        var commands = (await ExistingAsync(connection, cancellationToken)).Select(table => (table.Statement, (object?)null)).ToList();
        if (await HasLedgerAsync(connection, cancellationToken))
            commands.AddRange(await LedgerAsync(connection, cancellationToken));
        for (var tries = 1; ; tries++)
        {
            try
            {
                await ExecuteAsync(connection, commands, cancellationToken);
                return true;
            }
            catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.DeadlockDetected && tries < MaxTries)
            {
                // A writer had locked the same rows in another order; it goes on, and this is tried again.
            }
        }
    });

    private async Task<IEnumerable<(string Statement, object? Parameter)>> LedgerAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var accepted = await ScalarAsync<long>(connection, CleanLedger.Accepted, cancellationToken);
        await Task.Delay(CleanLedger.ReportsWithin, TimeProvider.System, cancellationToken);
        return
        [
            (CleanLedger.Unpark, _directories.Select(directory => directory.Cleaned).OfType<Guid>().ToArray()),
            (CleanLedger.Stored, null),
            (CleanLedger.Generated, accepted),
        ];
    }

    private static async Task<bool> HasLedgerAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        foreach (var table in CleanLedger.Tables)
        {
            if (!await ExistsAsync(connection, table, cancellationToken))
                return false;
        }

        return true;
    }

    private static async Task ExecuteAsync(
        NpgsqlConnection connection, IEnumerable<(string Statement, object? Parameter)> commands, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection, transaction);
        foreach (var (statement, parameter) in commands)
        {
            var command = new NpgsqlBatchCommand(statement);
            if (parameter is not null)
                command.Parameters.Add(new NpgsqlParameter { Value = parameter });
            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<CleanTable>> ExistingAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var existing = new List<CleanTable>();
        foreach (var table in _tables)
        {
            if (await ExistsAsync(connection, table.Name, cancellationToken))
                existing.Add(table);
        }

        return existing;
    }

    private static Task<bool> ExistsAsync(NpgsqlConnection connection, string table, CancellationToken cancellationToken) =>
        ScalarAsync<bool>(connection, $"SELECT to_regclass('{table}') IS NOT NULL", cancellationToken);

    private static async Task<T> ScalarAsync<T>(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // The names are the program's own.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return (T)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(_connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async Task<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (NpgsqlException exception)
        {
            throw new CommandException($"{Name}: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }
    }
}
