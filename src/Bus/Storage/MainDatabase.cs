using BusIngest.Bus.Storage.Postgres;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace BusIngest.Bus.Storage;

/// <summary>`busingest.db`: what consumers store, the marks of what they consumed, and what they gave up on.</summary>
public sealed class MainDatabase(DataDirectory directory, ILogger<MainDatabase> logger)
    : SqliteDatabase(directory, "busingest.db", logger), IMainDatabase
{
    /// <inheritdoc />
    public Task WriteAsync(int rows, Action<SqliteSession> sqlite, Action<PostgresBatch> postgres, CancellationToken cancellationToken = default) =>
        Writer.WriteAsync(rows, session => Run(session, sqlite), cancellationToken);

    /// <inheritdoc />
    public Task WriteInBulkAsync(
        int rows, Action<SqliteSession> sqlite, Func<NpgsqlConnection, Task> postgres, CancellationToken cancellationToken = default) =>
        Writer.WriteAsync(rows, session => Run(session, sqlite), cancellationToken);

    private static bool Run(SqliteSession session, Action<SqliteSession> work)
    {
        work(session);
        return true;
    }
}
