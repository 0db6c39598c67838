using Npgsql;

namespace BusIngest.Bus.Storage.Postgres;

/// <summary>A transaction on a connection of its own, begun by the first statement. Disposed without a commit, it is rolled back.</summary>
internal sealed class PostgresUnit(PostgresDatabase database) : IAsyncDisposable
{
    private NpgsqlConnection? _connection;
    private NpgsqlTransaction? _transaction;

    /// <summary>Runs statements; the first one's round trip begins the transaction as well.</summary>
    /// <exception cref="StorageUnavailableException">The database is away.</exception>
    public Task ExecuteAsync(PostgresBatch batch, CancellationToken cancellationToken) => RunAsync(
        async (connection, transaction) =>
        {
            await batch.ExecuteAsync(connection, transaction, cancellationToken);
            return true;
        },
        cancellationToken);

    /// <summary>Runs something in the transaction.</summary>
    /// <exception cref="StorageUnavailableException">The database is away.</exception>
    public async Task<TResult> RunAsync<TResult>(
        Func<NpgsqlConnection, NpgsqlTransaction, Task<TResult>> work, CancellationToken cancellationToken)
    {
        _connection ??= await database.OpenAsync(cancellationToken);
        return await database.GuardAsync(
            async () =>
            {
                _transaction ??= await _connection.BeginTransactionAsync(cancellationToken);
                return await work(_connection, _transaction);
            },
            cancellationToken);
    }

    /// <summary>Commits. Without a token: once it is sent it happens.</summary>
    /// <exception cref="StorageUnavailableException">The database is away; whether it was committed is unknown.</exception>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_transaction is { } transaction)
        {
            await database.GuardAsync(
                async () =>
                {
                    await transaction.CommitAsync(CancellationToken.None);
                    return true;
                },
                CancellationToken.None);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        // Back in the pool, the connection is rolled back by Npgsql if the transaction is still open.
        if (_transaction is not null)
            await _transaction.DisposeAsync();
        if (_connection is not null)
            await _connection.DisposeAsync();
        (_transaction, _connection) = (null, null);
    }
}
