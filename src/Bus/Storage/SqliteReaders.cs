using BusIngest.Bus.Storage.Files;

namespace BusIngest.Bus.Storage;

/// <summary>Read-only sessions of a file for short lookups: opening one, and preparing its statements, costs more than most reads.</summary>
public sealed class SqliteReaders : IDisposable
{
    private const int MaxIdle = 8;

    private readonly string _path;
    private readonly FileDamage? _damage;
    private readonly Lock _gate = new();
    private readonly Stack<SqliteSession> _idle = new(MaxIdle);
    private bool _disposed;

    /// <summary>Opens nothing yet.</summary>
    /// <param name="path">The file.</param>
    /// <param name="damage">Told when a lookup finds the file damaged; null: nobody is.</param>
    internal SqliteReaders(string path, FileDamage? damage = null)
    {
        _path = path;
        _damage = damage;
    }

    /// <summary>Runs a lookup, which sees what is committed.</summary>
    /// <param name="read">Must read its statements to the end, or reset them; the session is not its own when it has returned.</param>
    /// <exception cref="StorageUnavailableException">The file can't be read now.</exception>
    /// <exception cref="SqliteFailureException">SQLite refused a statement.</exception>
    public TResult Read<TResult>(Func<SqliteSession, TResult> read)
    {
        try
        {
            var session = Take() ?? SqliteSession.OpenReader(_path);
            return Read(session, read);
        }
        catch (SqliteFailureException exception) when (exception.IsStorageFailure)
        {
            _damage?.Note(exception.Code, exception.Message);
            throw new StorageUnavailableException($"{Path.GetFileName(_path)} can't be read: {exception.Message}", exception);
        }
    }

    /// <summary>Runs lookups that all see the same moment.</summary>
    /// <param name="read">As with <see cref="Read{TResult}(Func{SqliteSession, TResult})"/>.</param>
    /// <param name="cancellationToken">Interrupts SQLite where it is.</param>
    /// <exception cref="OperationCanceledException">It was interrupted.</exception>
    /// <exception cref="StorageUnavailableException">The file can't be read now.</exception>
    /// <exception cref="SqliteFailureException">SQLite refused a statement.</exception>
    public TResult ReadMoment<TResult>(Func<SqliteSession, TResult> read, CancellationToken cancellationToken) =>
        Read(session => session.ReadMoment(read, cancellationToken));

    private TResult Read<TResult>(SqliteSession session, Func<SqliteSession, TResult> read)
    {
        try
        {
            return read(session);
        }
        catch
        {
            // Half-read statements would keep an old snapshot open.
            session.ResetStatements();
            throw;
        }
        finally
        {
            Return(session);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_gate)
            _disposed = true;
        while (Take() is { } session)
            session.Dispose();
    }

    private SqliteSession? Take()
    {
        lock (_gate)
            return _idle.TryPop(out var session) ? session : null;
    }

    private void Return(SqliteSession session)
    {
        lock (_gate)
        {
            if (!_disposed && _idle.Count < MaxIdle)
            {
                _idle.Push(session);
                return;
            }
        }

        session.Dispose();
    }
}
