using Microsoft.Data.Sqlite;

namespace BusIngest.Support.Storage;

/// <inheritdoc cref="IBackDoor" />
/// <param name="dataDirectory">DATA_DIR of a program that has run.</param>
public sealed class SqliteBackDoor(string dataDirectory) : IBackDoor
{
    private const string File = "busingest.db";

    /// <inheritdoc />
    public string LongAgo => "0";

    /// <inheritdoc />
    public Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        using var connection = Database.Open(dataDirectory, File, SqliteOpenMode.ReadWrite);
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The tests' own.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<long> CountAsync(string sql, CancellationToken cancellationToken)
    {
        using var connection = Database.Open(dataDirectory, File);
        return Task.FromResult(Database.Scalar<long>(connection, sql));
    }

    /// <inheritdoc />
    public Task RefuseAsync(string table, string verb, string condition, CancellationToken cancellationToken) => ExecuteAsync(
        $"CREATE TRIGGER refused_{table} BEFORE {verb} ON {table} WHEN {condition} BEGIN SELECT RAISE(ABORT, 'refused by the test'); END", cancellationToken);

    /// <inheritdoc />
    public Task AcceptAsync(string table, CancellationToken cancellationToken) => ExecuteAsync($"DROP TRIGGER refused_{table}", cancellationToken);
}
