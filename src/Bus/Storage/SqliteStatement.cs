using SQLitePCL;

namespace BusIngest.Bus.Storage;

/// <summary>A prepared statement of one session: bind from 1, then <see cref="Execute"/> or <see cref="Read"/>. Not thread-safe.</summary>
/// <remarks>Binds spans and numbers without boxing, which is what makes it worth having beside SqliteCommand on hot paths.</remarks>
public sealed class SqliteStatement
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;

    internal SqliteStatement(sqlite3 connection, string sql)
    {
        _connection = connection;
        SqliteFailureException.ThrowIfFailed(raw.sqlite3_prepare_v2(connection, sql, out _statement), connection);
    }

    /// <summary>Binds a whole number.</summary>
    public SqliteStatement Bind(int parameter, long value) => Check(raw.sqlite3_bind_int64(_statement, parameter, value));

    /// <summary>Binds a whole number, or NULL.</summary>
    public SqliteStatement Bind(int parameter, long? value) =>
        value is { } number ? Bind(parameter, number) : Check(raw.sqlite3_bind_null(_statement, parameter));

    /// <summary>Binds a moment in milliseconds since 1970, or NULL.</summary>
    public SqliteStatement Bind(int parameter, DateTimeOffset? value) => Bind(parameter, value?.ToUnixTimeMilliseconds());

    /// <summary>Binds a floating-point number.</summary>
    public SqliteStatement Bind(int parameter, double value) => Check(raw.sqlite3_bind_double(_statement, parameter, value));

    /// <summary>Binds text, or NULL.</summary>
    public SqliteStatement Bind(int parameter, string? value) => Check(
        value is null ? raw.sqlite3_bind_null(_statement, parameter) : raw.sqlite3_bind_text(_statement, parameter, value));

    /// <summary>Binds an id as 36 lower-case characters.</summary>
    public SqliteStatement Bind(int parameter, Guid value)
    {
        Span<byte> text = stackalloc byte[36];
        value.TryFormat(text, out _);
        return Check(raw.sqlite3_bind_text(_statement, parameter, text));
    }

    /// <summary>Binds text that is UTF-8 already; the bytes are copied.</summary>
    public SqliteStatement BindText(int parameter, ReadOnlySpan<byte> utf8) => Check(raw.sqlite3_bind_text(_statement, parameter, utf8));

    /// <summary>Binds a blob; the bytes are copied.</summary>
    public SqliteStatement Bind(int parameter, ReadOnlySpan<byte> value) => Check(raw.sqlite3_bind_blob(_statement, parameter, value));

    /// <summary>Runs a statement that returns no rows.</summary>
    /// <returns>How many rows it inserted, updated or deleted.</returns>
    /// <exception cref="SqliteFailureException">It failed; the code says why.</exception>
    public int Execute()
    {
        var result = raw.sqlite3_step(_statement);
        // Reset repeats the code of the failed step, so it is asked once.
        raw.sqlite3_reset(_statement);
        if (result is not (raw.SQLITE_DONE or raw.SQLITE_ROW))
            throw SqliteFailureException.From(result, _connection);
        return raw.sqlite3_changes(_connection);
    }

    /// <summary>Moves to the next row.</summary>
    /// <returns>False after the last one; the statement is then ready to be bound again.</returns>
    /// <exception cref="SqliteFailureException">It failed; the code says why.</exception>
    public bool Read()
    {
        var result = raw.sqlite3_step(_statement);
        if (result == raw.SQLITE_ROW)
            return true;

        raw.sqlite3_reset(_statement);
        return result == raw.SQLITE_DONE ? false : throw SqliteFailureException.From(result, _connection);
    }

    /// <summary>A column of the current row, from 0, as a whole number; 0 for NULL.</summary>
    public long Number(int column) => raw.sqlite3_column_int64(_statement, column);

    /// <summary>A column of the current row, from 0, as text; null for NULL.</summary>
    public string? Text(int column) =>
        raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL ? null : raw.sqlite3_column_text(_statement, column).utf8_to_string();

    /// <summary>A column of the current row, from 0, as bytes; they are gone with the next call.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(_statement, column);

    /// <summary>Ends a read before its last row.</summary>
    public void Reset() => raw.sqlite3_reset(_statement);

    internal void Close() => _statement.Dispose();

    private SqliteStatement Check(int result)
    {
        SqliteFailureException.ThrowIfFailed(result, _connection);
        return this;
    }
}
