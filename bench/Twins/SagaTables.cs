using System.Text.Json;
using BusIngest.Bench.Benchmarks.Sagas;
using Microsoft.Data.Sqlite;

namespace BusIngest.Bench.Twins;

/// <summary>The rows that a saga, its messages and their consumer write.</summary>
internal sealed class SagaTables : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _find, _insert, _update, _send, _readSent, _mark, _keep, _remove, _effects;

    public SagaTables(string path)
    {
        _connection = BareDriver.Open(path);
        BareDriver.Execute(_connection, """
            CREATE TABLE sagas (seq INTEGER PRIMARY KEY, correlation_id TEXT NOT NULL, version INTEGER NOT NULL, document TEXT NOT NULL);
            CREATE UNIQUE INDEX sagas_correlation_id ON sagas (correlation_id);
            CREATE TABLE outgoing (seq INTEGER PRIMARY KEY, message_id TEXT NOT NULL, body BLOB NOT NULL);
            CREATE TABLE marks (message_id TEXT, endpoint TEXT, consumed_at INTEGER NOT NULL, PRIMARY KEY (message_id, endpoint));
            CREATE TABLE counted (counter_id TEXT NOT NULL, count INTEGER NOT NULL)
            """);
        _find = Prepare("SELECT version, document FROM sagas WHERE correlation_id = $1", "$1");
        _insert = Prepare("INSERT INTO sagas (correlation_id, version, document) VALUES ($1, $2, $3)", "$1", "$2", "$3");
        _update = Prepare("UPDATE sagas SET version = $2, document = $3 WHERE correlation_id = $1 AND version = $2 - 1", "$1", "$2", "$3");
        _send = Prepare("INSERT INTO outgoing (message_id, body) VALUES ($1, $2)", "$1", "$2");
        _readSent = Prepare("SELECT seq, message_id, body FROM outgoing ORDER BY seq");
        _mark = Prepare("INSERT INTO marks VALUES ($1, $2, $3)", "$1", "$2", "$3");
        _keep = Prepare("INSERT INTO counted VALUES ($1, $2)", "$1", "$2");
        _remove = Prepare("DELETE FROM outgoing WHERE seq = $1", "$1");
        _effects = Prepare("SELECT count(DISTINCT count) FROM counted WHERE counter_id = $1", "$1");
    }

    /// <summary>Writes for each row, in one transaction.</summary>
    public void Commit<TRow>(List<TRow> rows, Action<TRow> write)
    {
        BareDriver.Execute(_connection, "BEGIN IMMEDIATE");
        foreach (var row in rows)
            write(row);
        BareDriver.Execute(_connection, "COMMIT");
    }

    /// <summary>Counts an event in its saga, marks it, and sends what was counted.</summary>
    public void Count(string messageId, byte[] body)
    {
        var id = JsonSerializer.Deserialize(body, CounterJson.Default.CountUp)!.CounterId;
        var (version, saga) = Find(id.ToString());
        var write = saga is null ? _insert : _update;
        saga ??= new Counter { CorrelationId = id, CurrentState = "Counting" };
        saga.Count++;
        if (Execute(write, id.ToString(), version + 1, JsonSerializer.Serialize(saga, CounterJson.Default.Counter)) != 1)
            throw new BenchException($"The twin's saga {id} is not at version {version}.");
        Mark(messageId, CounterDefinition.Queue);
        var sent = JsonSerializer.SerializeToUtf8Bytes(new Counted(id, saga.Count), CounterJson.Default.Counted);
        Execute(_send, Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString(), sent);
    }

    /// <summary>Keeps what was counted, marks the message, and removes it.</summary>
    public void Keep((long Seq, string MessageId, byte[] Body) row)
    {
        var counted = JsonSerializer.Deserialize(row.Body, CounterJson.Default.Counted)!;
        Mark(row.MessageId, CountedDefinition.Queue);
        Execute(_keep, counted.CounterId.ToString(), counted.Count);
        Execute(_remove, row.Seq);
    }

    /// <summary>The messages that were sent.</summary>
    public List<(long Seq, string MessageId, byte[] Body)> ReadSent()
    {
        using var row = _readSent.ExecuteReader();
        var sent = new List<(long, string, byte[])>();
        while (row.Read())
            sent.Add((row.GetInt64(0), row.GetString(1), row.GetFieldValue<byte[]>(2)));
        return sent;
    }

    /// <summary>A saga and its version; null and 0 when there is none.</summary>
    public (long Version, Counter? Saga) Find(string id)
    {
        _find.Parameters[0].Value = id;
        using var row = _find.ExecuteReader();
        return row.Read() ? (row.GetInt64(0), JsonSerializer.Deserialize(row.GetString(1), CounterJson.Default.Counter)) : (0, null);
    }

    /// <summary>How many effects a saga's messages had.</summary>
    public long EffectsOf(string id)
    {
        _effects.Parameters[0].Value = id;
        return (long)_effects.ExecuteScalar()!;
    }

    public void Dispose()
    {
        SqliteCommand[] commands = [_find, _insert, _update, _send, _readSent, _mark, _keep, _remove, _effects];
        foreach (var command in commands)
            command.Dispose();
        _connection.Dispose();
    }

    private void Mark(string messageId, string endpoint) =>
        Execute(_mark, messageId, endpoint, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());

    private SqliteCommand Prepare(string sql, params ReadOnlySpan<string> parameters) => BareDriver.Prepare(_connection, sql, parameters);

    private static int Execute(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i];
        return command.ExecuteNonQuery();
    }
}
