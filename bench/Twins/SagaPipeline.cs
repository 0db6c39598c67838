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
    private readonly SqliteCommand _readEvents;
    private readonly SagaTables _tables;
    private readonly Channel<bool> _accepted = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private long _lastSeq;

    public SagaPipeline(string inboxPath, string mainPath)
    {
        _inbox = new GroupCommit(inboxPath);
        _reader = BareDriver.Open(inboxPath);
        _readEvents = BareDriver.Prepare(_reader, $"SELECT seq, body FROM entries WHERE seq > $1 ORDER BY seq LIMIT {Batch}", "$1");
        _tables = new SagaTables(mainPath);
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

            _tables.Commit(batch, row => _tables.Count($"{row.Seq:D36}", row.Body));
            _tables.Commit(_tables.ReadSent(), _tables.Keep);
            foreach (var (seq, _) in batch)
                _inbox.Delete(seq);
            _lastSeq = batch[^1].Seq;
            left -= batch.Count;
        }
    }

    /// <summary>What a saga has counted.</summary>
    public long CountOf(Guid id) => _tables.Find(id.ToString()).Saga?.Count ?? 0;

    /// <summary>How many effects a saga's messages had.</summary>
    public long EffectsOf(Guid id) => _tables.EffectsOf(id.ToString());

    public async ValueTask DisposeAsync()
    {
        _tables.Dispose();
        await _readEvents.DisposeAsync();
        await _reader.DisposeAsync();
        await _inbox.DisposeAsync();
    }

    private List<(long Seq, byte[] Body)> ReadEvents()
    {
        _readEvents.Parameters[0].Value = _lastSeq;
        using var row = _readEvents.ExecuteReader();
        var events = new List<(long, byte[])>(Batch);
        while (row.Read())
            events.Add((row.GetInt64(0), row.GetFieldValue<byte[]>(1)));
        return events;
    }
}
