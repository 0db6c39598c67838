using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace BusIngest.Bus.Storage;

/// <summary>
/// The one writer of a SQLite file. Callers hand in work; whatever waits is run in one transaction and committed with one fsync
/// (group commit), and each caller hears back after it.
/// </summary>
public sealed class SqliteWriter : IAsyncDisposable
{
    private const int MaxRowsPerTransaction = 10_000;
    private const int MaxWritesPerTransaction = 512;
    private const int QueueLength = 4_096;

    private readonly string _path;
    private readonly ILogger _logger;
    private readonly Channel<SqliteWrite> _queue =
        Channel.CreateBounded<SqliteWrite>(new BoundedChannelOptions(QueueLength) { SingleReader = true });

    private readonly List<SqliteWrite> _batch = [];
    private readonly Task _loop;
    private SqliteSession? _session;

    /// <summary>Starts the writer; the file is opened, or made, by the first write.</summary>
    /// <param name="path">The file.</param>
    /// <param name="logger">Where storage failures are reported.</param>
    public SqliteWriter(string path, ILogger logger)
    {
        _path = path;
        _logger = logger;
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Writes that failed since the last commit; 0 when all is well.</summary>
    public int ConsecutiveFailures { get; private set; }

    /// <summary>Runs work in the next transaction and completes when that is on disk.</summary>
    /// <param name="rows">About how many rows it writes.</param>
    /// <param name="work">Runs on the writer, alone; it must not block. If it throws, only its own changes are undone.</param>
    /// <param name="cancellationToken">Ends the wait for room in the queue; work that is queued will run.</param>
    /// <returns>What <paramref name="work"/> returned.</returns>
    /// <exception cref="StorageUnavailableException">The file can't be written now; nothing was.</exception>
    public async Task<TResult> WriteAsync<TResult>(int rows, Func<SqliteSession, TResult> work, CancellationToken cancellationToken = default) =>
        await await EnqueueAsync(rows, work, cancellationToken);

    /// <summary>
    /// Queues work as <see cref="WriteAsync"/> does, and completes as soon as its place is taken: what is queued later runs later.
    /// </summary>
    /// <returns>The task that <see cref="WriteAsync"/> would give.</returns>
    internal async ValueTask<Task<TResult>> EnqueueAsync<TResult>(
        int rows, Func<SqliteSession, TResult> work, CancellationToken cancellationToken = default)
    {
        var write = new SqliteWrite<TResult>(rows, work);
        await _queue.Writer.WriteAsync(write, cancellationToken);
        return write.Done;
    }

    /// <summary>Finishes what is queued, then closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
        _session?.Dispose();
    }

    private async Task RunAsync()
    {
        while (await _queue.Reader.WaitToReadAsync())
        {
            Gather();
            Commit();
            _batch.Clear();
        }
    }

    private void Gather()
    {
        var rows = 0;
        while (rows < MaxRowsPerTransaction && _batch.Count < MaxWritesPerTransaction && _queue.Reader.TryRead(out var write))
        {
            _batch.Add(write);
            rows += write.Rows;
        }
    }

    private void Commit()
    {
        try
        {
            _session ??= SqliteSession.OpenWriter(_path);
            _session.Statement("BEGIN IMMEDIATE").Execute();
            RunAll(_session);
            _session.Statement("COMMIT").Execute();
            ConsecutiveFailures = 0;
        }
        catch (Exception exception)
        {
            Abandon(exception);
            return;
        }

        foreach (var write in _batch)
            write.Succeed();
    }

    /// <summary>Each write stands in a savepoint: one that throws undoes itself and leaves its neighbours alone.</summary>
    private void RunAll(SqliteSession session)
    {
        for (var i = 0; i < _batch.Count; i++)
        {
            session.Statement("SAVEPOINT work").Execute();
            try
            {
                _batch[i].Run(session);
                session.Statement("RELEASE work").Execute();
            }
            catch (Exception exception) when (exception is not SqliteFailureException { IsStorageFailure: true })
            {
                session.ResetStatements();
                session.Execute("ROLLBACK TO work; RELEASE work");
                _batch[i].Fail(exception);
                _batch.RemoveAt(i--);
            }
        }
    }

    private void Abandon(Exception exception)
    {
        ConsecutiveFailures++;
        if (ConsecutiveFailures == 1)
            _logger.LogError(exception, "{File} can't be written; callers are refused until it can", _path);

        // A fresh session is sure to have no half-done transaction, and notices a file that was replaced.
        _session?.Dispose();
        _session = null;
        var failure = new StorageUnavailableException($"{Path.GetFileName(_path)} can't be written: {exception.Message}", exception);
        foreach (var write in _batch)
            write.Fail(failure);
    }
}
