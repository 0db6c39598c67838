using BusIngest.Bus.Storage.Postgres;
using Npgsql;

namespace BusIngest.Bus.Storage;

/// <summary>The database that consumers store in, with the marks of what they consumed: `busingest.db`, or PostgreSQL.</summary>
public interface IMainDatabase : IModelDatabase
{
    /// <summary>Writes outside of any message; completes when it is on disk.</summary>
    /// <param name="rows">About how many rows it writes.</param>
    /// <param name="sqlite">Runs on SQLite's writer, alone; it must not block.</param>
    /// <param name="postgres">Adds the same statements for PostgreSQL.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StorageUnavailableException">The database can't be written now; whether it was may be unknown.</exception>
    Task WriteAsync(int rows, Action<SqliteSession> sqlite, Action<PostgresBatch> postgres, CancellationToken cancellationToken = default);

    /// <summary>Writes as <see cref="WriteAsync"/> does, with more than statements on PostgreSQL: a COPY, say.</summary>
    /// <param name="rows">About how many rows it writes.</param>
    /// <param name="sqlite">Runs on SQLite's writer, alone; it must not block.</param>
    /// <param name="postgres">Runs in a transaction of PostgreSQL, which it must not end.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StorageUnavailableException">The database can't be written now; whether it was may be unknown.</exception>
    Task WriteInBulkAsync(
        int rows, Action<SqliteSession> sqlite, Func<NpgsqlConnection, Task> postgres, CancellationToken cancellationToken = default);
}
