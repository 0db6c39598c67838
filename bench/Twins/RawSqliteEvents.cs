using Microsoft.Data.Sqlite;

namespace BusIngest.Bench.Twins;

/// <summary>A SQLite file, by prepared commands.</summary>
internal sealed class RawSqliteEvents : IRawEvents
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;

    public RawSqliteEvents(string path)
    {
        _connection = new SqliteConnection($"Data Source={path};Pooling=False");
        _connection.Open();
        using var tables = _connection.CreateCommand();
        tables.CommandText = """
            PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=OFF; PRAGMA wal_autocheckpoint=4000;
            CREATE TABLE events (seq INTEGER PRIMARY KEY, id TEXT UNIQUE, type TEXT, user_id TEXT, time INTEGER, body TEXT)
            """;
        tables.ExecuteNonQuery();
        _insert = _connection.CreateCommand();
        _insert.CommandText = "INSERT INTO events (id, type, user_id, time, body) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO NOTHING";
        for (var i = 1; i <= 5; i++)
            _insert.Parameters.Add($"${i}", i == 4 ? SqliteType.Integer : SqliteType.Text);
    }

    public Task StoreAsync(IReadOnlyList<RawEvent> rows)
    {
        using var transaction = _connection.BeginTransaction();
        _insert.Transaction = transaction;
        foreach (var row in rows)
        {
            (_insert.Parameters[0].Value, _insert.Parameters[1].Value, _insert.Parameters[2].Value) = (row.Id, row.Type, row.UserId);
            (_insert.Parameters[3].Value, _insert.Parameters[4].Value) = (row.Time, row.Body);
            _insert.ExecuteNonQuery();
        }

        transaction.Commit();
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _insert.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
