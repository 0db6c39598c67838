using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace BusIngest.Bench.Twins;

/// <summary>One writer that inserts and deletes whatever waits, a row each, in one transaction with one fsync, and then tells every caller.</summary>
internal sealed class GroupCommit : IAsyncDisposable
{
    private const int MostRows = 1_000;

    private readonly SqliteConnection _connection;
    private readonly Channel<Write> _queue = Channel.CreateUnbounded<Write>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _loop;
    private long _lastSeq;

    public GroupCommit(string path)
    {
        _connection = BareDriver.Open(path);
        BareDriver.Execute(_connection, "CREATE TABLE IF NOT EXISTS entries (seq INTEGER PRIMARY KEY, body BLOB NOT NULL)");
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Inserts a row, and completes when it is on disk.</summary>
    public Task InsertAsync(byte[] body)
    {
        var durable = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _queue.Writer.TryWrite(new Write(body, 0, durable));
        return durable.Task;
    }

    /// <summary>Deletes a row with the next transaction; nobody waits for it.</summary>
    public void Delete(long seq) => _queue.Writer.TryWrite(new Write(null, seq, null));

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
        using var insert = BareDriver.Prepare(_connection, "INSERT INTO entries VALUES ($seq, $body)", "$seq", "$body");
        using var delete = BareDriver.Prepare(_connection, "DELETE FROM entries WHERE seq = $seq", "$seq");
        var batch = new List<Write>(MostRows);
        while (await _queue.Reader.WaitToReadAsync())
        {
            begin.ExecuteNonQuery();
            while (batch.Count < MostRows && _queue.Reader.TryRead(out var next))
            {
                // Places are given here, as SQLite would give a deleted last row's place again.
                var statement = next.Body is null ? delete : insert;
                statement.Parameters[0].Value = next.Body is null ? next.Seq : ++_lastSeq;
                if (next.Body is not null)
                    statement.Parameters[1].Value = next.Body;
                statement.ExecuteNonQuery();
                batch.Add(next);
            }

            commit.ExecuteNonQuery();
            foreach (var done in batch)
                done.Durable?.TrySetResult();
            batch.Clear();
        }
    }

    private readonly record struct Write(byte[]? Body, long Seq, TaskCompletionSource? Durable);
}
