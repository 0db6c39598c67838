using System.Text.Json;
using System.Threading.Channels;
using BusIngest.Bench.Benchmarks.Sagas;
using Microsoft.Data.Sqlite;

namespace BusIngest.Bench.Twins;

/// <summary>
/// What counting by sagas costs without a bus: a row for the event; the saga's document by its version, a mark and a row for its
/// message in one commit; a mark and an effect for that in another. One task accepts for all callers, one does the rest, each
/// batch with its own fsync.
/// </summary>
internal sealed class SagaPipeline : IAsyncDisposable
{
    private const int Batch = 128;

    private readonly GroupCommit _inbox;
    private readonly SqliteConnection _reader;
    private readonly SqliteConnection _main;
    private readonly Channel<bool> _accepted = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly SqliteCommand _readEvents, _readSaga, _insertSaga, _updateSaga, _send, _readSent, _mark, _effect, _remove;
    private long _lastSeq;

    public SagaPipeline(string inboxPath, string mainPath)
    {
        _inbox = new GroupCommit(inboxPath);
        _reader = BareDriver.Open(inboxPath);
        _main = BareDriver.Open(mainPath);
        BareDriver.Execute(_main, """
            CREATE TABLE sagas (seq INTEGER PRIMARY KEY, correlation_id TEXT NOT NULL, version INTEGER NOT NULL, document TEXT NOT NULL);
            CREATE UNIQUE INDEX sagas_correlation_id ON sagas (correlation_id);
            CREATE TABLE outgoing (seq INTEGER PRIMARY KEY, message_id TEXT NOT NULL, body BLOB NOT NULL);
            CREATE TABLE marks (message_id TEXT, endpoint TEXT, consumed_at INTEGER NOT NULL, PRIMARY KEY (message_id, endpoint));
            CREATE TABLE counted (counter_id TEXT NOT NULL, count INTEGER NOT NULL)
            """);
        _readEvents = BareDriver.Prepare(_reader, $"SELECT seq, body FROM entries WHERE seq > $1 ORDER BY seq LIMIT {Batch}", "$1");
        _readSaga = BareDriver.Prepare(_main, "SELECT version, document FROM sagas WHERE correlation_id = $1", "$1");
        _insertSaga = BareDriver.Prepare(_main, "INSERT INTO sagas (correlation_id, version, document) VALUES ($1, $2, $3)", "$1", "$2", "$3");
        _updateSaga = BareDriver.Prepare(
            _main, "UPDATE sagas SET version = $2, document = $3 WHERE correlation_id = $1 AND version = $2 - 1", "$1", "$2", "$3");
        _send = BareDriver.Prepare(_main, "INSERT INTO outgoing (message_id, body) VALUES ($1, $2)", "$1", "$2");
        _readSent = BareDriver.Prepare(_main, "SELECT seq, message_id, body FROM outgoing ORDER BY seq");
        _mark = BareDriver.Prepare(_main, "INSERT INTO marks VALUES ($1, $2, $3)", "$1", "$2", "$3");
        _effect = BareDriver.Prepare(_main, "INSERT INTO counted VALUES ($1, $2)", "$1", "$2");
        _remove = BareDriver.Prepare(_main, "DELETE FROM outgoing WHERE seq = $1", "$1");
    }

    /// <summary>Accepts an event; completes when it is on disk.</summary>
    public async Task AcceptAsync(CountUp countUp)
    {
        await _inbox.InsertAsync(JsonSerializer.SerializeToUtf8Bytes(countUp, CounterJson.Default.CountUp));
        _accepted.Writer.TryWrite(true);
    }

    /// <summary>Works off so many events, and the messages that come of them.</summary>
    public async Task ConsumeAsync(int events)
    {
        for (var left = events; left > 0;)
        {
            var batch = ReadEvents();
            if (batch.Count == 0)
            {
                await _accepted.Reader.ReadAsync();
                continue;
            }

            Commit(batch, row => Count(row.Seq, row.Body));
            Commit(ReadSent(), Keep);
            foreach (var (seq, _) in batch)
                _inbox.Delete(seq);
            _lastSeq = batch[^1].Seq;
            left -= batch.Count;
        }
    }

    /// <summary>What a saga has counted.</summary>
    public long CountOf(Guid id) => FindSaga(id.ToString()).Saga?.Count ?? 0;

    /// <summary>How many effects a saga's messages had.</summary>
    public long EffectsOf(Guid id)
    {
        using var count = BareDriver.Prepare(_main, "SELECT count(DISTINCT count) FROM counted WHERE counter_id = $1", "$1");
        Bind(count, id.ToString());
        return (long)count.ExecuteScalar()!;
    }

    public async ValueTask DisposeAsync()
    {
        SqliteCommand[] commands = [_readEvents, _readSaga, _insertSaga, _updateSaga, _send, _readSent, _mark, _effect, _remove];
        foreach (var command in commands)
            await command.DisposeAsync();
        await _reader.DisposeAsync();
        await _main.DisposeAsync();
        await _inbox.DisposeAsync();
    }

    private void Commit<TRow>(List<TRow> rows, Action<TRow> apply)
    {
        BareDriver.Execute(_main, "BEGIN IMMEDIATE");
        foreach (var row in rows)
            apply(row);
        BareDriver.Execute(_main, "COMMIT");
    }

    private void Count(long seq, byte[] body)
    {
        var id = JsonSerializer.Deserialize(body, CounterJson.Default.CountUp)!.CounterId;
        var key = id.ToString();
        var (version, saga) = FindSaga(key);
        var write = saga is null ? _insertSaga : _updateSaga;
        saga ??= new Counter { CorrelationId = id, CurrentState = "Counting" };
        saga.Count++;
        Bind(write, key, version + 1, JsonSerializer.Serialize(saga, CounterJson.Default.Counter));
        if (write.ExecuteNonQuery() != 1)
            throw new BenchException($"The twin's saga {key} is not at version {version}.");
        Mark($"{seq:D36}", CounterDefinition.Queue);
        Bind(_send, Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString(), JsonSerializer.SerializeToUtf8Bytes(new Counted(id, saga.Count), CounterJson.Default.Counted));
        _send.ExecuteNonQuery();
    }

    private void Keep((long Seq, string MessageId, byte[] Body) row)
    {
        var counted = JsonSerializer.Deserialize(row.Body, CounterJson.Default.Counted)!;
        Mark(row.MessageId, CountedDefinition.Queue);
        Bind(_effect, counted.CounterId.ToString(), counted.Count);
        _effect.ExecuteNonQuery();
        Bind(_remove, row.Seq);
        _remove.ExecuteNonQuery();
    }

    private void Mark(string messageId, string endpoint)
    {
        Bind(_mark, messageId, endpoint, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        _mark.ExecuteNonQuery();
    }

    private List<(long Seq, byte[] Body)> ReadEvents()
    {
        Bind(_readEvents, _lastSeq);
        using var row = _readEvents.ExecuteReader();
        var events = new List<(long, byte[])>(Batch);
        while (row.Read())
            events.Add((row.GetInt64(0), row.GetFieldValue<byte[]>(1)));
        return events;
    }

    private List<(long Seq, string MessageId, byte[] Body)> ReadSent()
    {
        using var row = _readSent.ExecuteReader();
        var sent = new List<(long, string, byte[])>(Batch);
        while (row.Read())
            sent.Add((row.GetInt64(0), row.GetString(1), row.GetFieldValue<byte[]>(2)));
        return sent;
    }

    private (long Version, Counter? Saga) FindSaga(string key)
    {
        Bind(_readSaga, key);
        using var row = _readSaga.ExecuteReader();
        return row.Read() ? (row.GetInt64(0), JsonSerializer.Deserialize(row.GetString(1), CounterJson.Default.Counter)) : (0, null);
    }

    private static void Bind(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i];
    }
}
