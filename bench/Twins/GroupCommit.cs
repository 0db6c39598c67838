using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace BusIngest.Bench.Twins;

/// <summary>One writer that inserts whatever waits, a row each, in one transaction with one fsync, and then tells every caller.</summary>
internal sealed class GroupCommit : IAsyncDisposable
{
    private const int MostRows = 1_000;

    private readonly SqliteConnection _connection;
    private readonly Channel<Insert> _queue = Channel.CreateUnbounded<Insert>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _loop;

    public GroupCommit(string path)
    {
        _connection = BareDriver.Open(path);
        BareDriver.Execute(_connection, "CREATE TABLE IF NOT EXISTS entries (seq INTEGER PRIMARY KEY, body BLOB NOT NULL)");
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Inserts a row, and completes when it is on disk.</summary>
    public Task InsertAsync(byte[] body)
    {
        var insert = new Insert(body, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _queue.Writer.TryWrite(insert);
        return insert.Durable.Task;
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
        using var insert = BareDriver.Prepare(_connection, "INSERT INTO entries (body) VALUES ($body)", "$body");
        var batch = new List<Insert>(MostRows);
        while (await _queue.Reader.WaitToReadAsync())
        {
            begin.ExecuteNonQuery();
            while (batch.Count < MostRows && _queue.Reader.TryRead(out var next))
            {
                insert.Parameters[0].Value = next.Body;
                insert.ExecuteNonQuery();
                batch.Add(next);
            }

            commit.ExecuteNonQuery();
            foreach (var done in batch)
                done.Durable.TrySetResult();
            batch.Clear();
        }
    }

    private readonly record struct Insert(byte[] Body, TaskCompletionSource Durable);
}
