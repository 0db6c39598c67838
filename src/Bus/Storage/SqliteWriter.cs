using System.Threading.Channels;
using BusIngest.Bus.Storage.Files;
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
        Files = new OpenFiles(path, logger);
        Damage = new FileDamage(path, logger);
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Writes that failed since the last commit; 0 when all is well.</summary>
    public int ConsecutiveFailures { get; private set; }

    /// <summary>Whether the file still has its name.</summary>
    internal OpenFiles Files { get; }

    /// <summary>Whether the file was found damaged.</summary>
    internal FileDamage Damage { get; }

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
        // The last connection to close removes the -wal by its name, which may be another file's by now.
        if (Files.Trouble() is not null)
            return;

        Files.NoteClosing();
        _session?.Dispose();
    }

    /// <summary>Not under the supervisor, as whoever hands in work hears what fails. Nothing ends it but the end of the queue.</summary>
    private async Task RunAsync()
    {
        while (await _queue.Reader.WaitToReadAsync())
        {
            try
            {
                Gather();
                Commit();
            }
            catch (Exception exception)
            {
                Refuse(exception);
            }

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
            var session = _session ??= Open();
            session.Statement("BEGIN IMMEDIATE").Execute();
            RunAll(session);
            // Before the commit, so that what is refused has not happened; and after it, as only then everything is in the files.
            Files.ThrowIfGone();
            session.Statement("COMMIT").Execute();
            Files.ThrowIfGone();
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

    private SqliteSession Open()
    {
        Files.ThrowIfGone();
        var session = SqliteSession.OpenWriter(_path, create: !Files.IsKnown);
        Files.NoteOpened();
        return session;
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
            catch (Exception exception) when (exception is not SqliteFailureException { IsStorageFailure: true } failure || FileDamage.IsDamage(failure.Code))
            {
                session.ResetStatements();
                session.Execute("ROLLBACK TO work; RELEASE work");
                _batch[i].Fail(Explain(exception));
                _batch.RemoveAt(i--);
            }
        }
    }

    private void Abandon(Exception exception)
    {
        ConsecutiveFailures++;
        var isGone = Files.Trouble() is not null;
        if (ConsecutiveFailures == 1 && !isGone)
            _logger.LogError(exception, "{File} can't be written; callers are refused until it can", _path);

        if (isGone)
        {
            // Closed, it would remove a -wal by its name; and should the very file come back, this session goes on with it.
            _session?.TryRollBack();
        }
        else
        {
            // A fresh session is sure to have no half-done transaction.
            Files.NoteClosing();
            var session = _session;
            _session = null;
            session?.Dispose();
        }

        Refuse(exception);
    }

    private void Refuse(Exception exception)
    {
        var failure = Explain(exception) as StorageUnavailableException
            ?? new StorageUnavailableException($"{Path.GetFileName(_path)} can't be written: {exception.Message}", exception);
        foreach (var write in _batch)
            write.Fail(failure);
    }

    /// <summary>What a caller gets to hear: of a damaged table nobody is to blame who writes to it.</summary>
    private Exception Explain(Exception exception)
    {
        if (exception is not SqliteFailureException failure || !FileDamage.IsDamage(failure.Code))
            return exception;

        Damage.Note(failure.Code, failure.Message);
        return new StorageUnavailableException(FileDamage.Describe(_path, failure.Message), failure);
    }
}
