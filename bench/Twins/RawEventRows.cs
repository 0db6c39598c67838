using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace BusIngest.Bench.Twins;

/// <summary>Where the twin of `events` keeps what it is posted.</summary>
internal interface IRawEventRows : IAsyncDisposable
{
    /// <summary>Keeps a batch, and completes when it is durable.</summary>
    Task InsertAsync(RawPostedEvent[] events);
}

/// <summary>One writer that inserts whatever waits, a row an event, in one transaction with one fsync, and then tells every caller.</summary>
internal sealed class RawEventRows : IRawEventRows
{
    private const int MostBatches = 1_000;

    private readonly SqliteConnection _connection;
    private readonly Channel<(RawPostedEvent[] Events, TaskCompletionSource Durable)> _queue =
        Channel.CreateUnbounded<(RawPostedEvent[], TaskCompletionSource)>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _loop;

    public RawEventRows(string path)
    {
        _connection = BareDriver.Open(path);
        BareDriver.Execute(_connection, """
            CREATE TABLE events (seq INTEGER PRIMARY KEY, event_id TEXT, account_id TEXT, user_id TEXT, type TEXT, at INTEGER, metadata TEXT)
            """);
        _loop = Task.Run(RunAsync);
    }

    public Task InsertAsync(RawPostedEvent[] events)
    {
        var durable = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _queue.Writer.TryWrite((events, durable));
        return durable.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.Complete();
        await _loop;
        await _connection.DisposeAsync();
    }

    private async Task RunAsync()
    {
        using var begin = BareDriver.Prepare(_connection, "BEGIN IMMEDIATE");
        using var commit = BareDriver.Prepare(_connection, "COMMIT");
        using var insert = BareDriver.Prepare(
            _connection, "INSERT INTO events (event_id, account_id, user_id, type, at, metadata) VALUES ($1, $2, $3, $4, $5, $6)", "$1", "$2", "$3", "$4", "$5", "$6");
        var batches = new List<TaskCompletionSource>(MostBatches);
        while (await _queue.Reader.WaitToReadAsync())
        {
            begin.ExecuteNonQuery();
            while (batches.Count < MostBatches && _queue.Reader.TryRead(out var next))
            {
                foreach (var row in next.Events)
                {
                    (insert.Parameters[0].Value, insert.Parameters[1].Value, insert.Parameters[2].Value) = (row.EventId, row.AccountId, row.UserId);
                    (insert.Parameters[3].Value, insert.Parameters[4].Value) = (row.Type, row.Timestamp.ToUnixTimeMilliseconds());
                    insert.Parameters[5].Value = row.Metadata.GetRawText();
                    insert.ExecuteNonQuery();
                }

                batches.Add(next.Durable);
            }

            commit.ExecuteNonQuery();
            foreach (var durable in batches)
                durable.TrySetResult();
            batches.Clear();
        }
    }
}

/// <summary>An event as a client posts it.</summary>
internal sealed record RawPostedEvent(string EventId, string AccountId, string UserId, string Type, DateTimeOffset Timestamp, JsonElement Metadata);

/// <summary>A batch.</summary>
internal sealed record RawPostedEvents(RawPostedEvent[] Events);

/// <summary>How they are read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RawPostedEvents))]
[JsonSerializable(typeof(RawPostedEvent[]))]
internal sealed partial class RawEventsJson : JsonSerializerContext;
