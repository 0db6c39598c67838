using SQLitePCL;

namespace BusIngest.Bus.Storage;

/// <summary>One connection to a SQLite file with its prepared statements. Not thread-safe.</summary>
public sealed class SqliteSession : IDisposable
{
    private readonly sqlite3 _connection;
    private readonly Dictionary<string, SqliteStatement> _statements = new(SqlComparer.Instance);

    /// <summary>Usually Entity Framework does it; a file may be looked at before that is there.</summary>
    static SqliteSession() => Batteries_V2.Init();

    private SqliteSession(sqlite3 connection) => _connection = connection;

    /// <summary>The statement of this text, prepared at its first use.</summary>
    /// <param name="sql">SQL with parameters ?1, ?2, … A constant: every text stays prepared for as long as the session lives.</param>
    public SqliteStatement Statement(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
            _statements[sql] = statement = new SqliteStatement(_connection, sql);
        return statement;
    }

    /// <summary>Runs SQL that takes no parameters and is not needed again.</summary>
    public void Execute(string sql) => SqliteFailureException.ThrowIfFailed(raw.sqlite3_exec(_connection, sql), _connection);

    /// <summary>Reads within one transaction, until somebody cancels.</summary>
    internal TResult ReadMoment<TResult>(Func<SqliteSession, TResult> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Statement("BEGIN").Execute();
        try
        {
            // The only call that is allowed from another thread; it must not come later, when the session is somebody else's.
            using var interrupt = cancellationToken.UnsafeRegister(static connection => raw.sqlite3_interrupt((sqlite3)connection!), _connection);
            return read(this);
        }
        catch (SqliteFailureException exception) when (exception.Code == raw.SQLITE_INTERRUPT)
        {
            throw new OperationCanceledException("The reading was interrupted.", exception, cancellationToken);
        }
        finally
        {
            // What is half-read would be interrupted now as well.
            ResetStatements();
            Statement("COMMIT").Execute();
        }
    }

    /// <summary>Ends every statement that is still being read.</summary>
    internal void ResetStatements()
    {
        foreach (var statement in _statements.Values)
            statement.Reset();
    }

    /// <summary>Ends a transaction that may be open, without a word if there is none.</summary>
    internal void TryRollBack()
    {
        ResetStatements();
        _ = raw.sqlite3_exec(_connection, "ROLLBACK");
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var statement in _statements.Values)
            statement.Close();
        _statements.Clear();
        _connection.Dispose();
    }

    /// <summary>A session that writes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="create">Whether it is made where it is missing.</param>
    internal static SqliteSession OpenWriter(string path, bool create = true)
    {
        var session = Open(path, raw.SQLITE_OPEN_READWRITE | (create ? raw.SQLITE_OPEN_CREATE : 0));
        // FULL: a commit is on the disk, not only in the page cache, when it returns. A checkpoint every 16 MB is half as dear as every 4. The
        // cache has room for the index of ids that come in no order: what is not in it is read again for each.
        session.Execute("""
            PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;
            PRAGMA wal_autocheckpoint=4000; PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-64000
            """);
        return session;
    }

    internal static SqliteSession OpenReader(string path) => Open(path, raw.SQLITE_OPEN_READONLY);

    private static SqliteSession Open(string path, int flags)
    {
        var result = raw.sqlite3_open_v2(path, out var connection, flags | raw.SQLITE_OPEN_NOMUTEX, null);
        if (result != raw.SQLITE_OK)
        {
            var failure = SqliteFailureException.From(result, connection);
            connection.Dispose();
            throw failure;
        }

        var session = new SqliteSession(connection);
        session.Execute("PRAGMA busy_timeout=5000");
        return session;
    }
}
