using SQLitePCL;

namespace BusIngest.Bus.Storage;

/// <summary>SQLite refused a statement.</summary>
/// <param name="code">SQLite's primary result code (https://sqlite.org/rescode.html).</param>
/// <param name="message">SQLite's own words.</param>
public sealed class SqliteFailureException(int code, string message) : Exception($"SQLite error {code}: {message}")
{
    /// <summary>SQLite's primary result code.</summary>
    public int Code { get; } = code;

    /// <summary>
    /// Whether it is the file or the machine that fails, and not the statement: the same work may well succeed later.
    /// </summary>
    public bool IsStorageFailure => IsStorageCode(Code);

    internal static bool IsStorageCode(int code) => code is raw.SQLITE_FULL or raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY
        or raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_NOMEM or raw.SQLITE_PROTOCOL or raw.SQLITE_NOTADB or raw.SQLITE_CORRUPT;

    internal static void ThrowIfFailed(int result, sqlite3 connection)
    {
        if (result != raw.SQLITE_OK)
            throw From(result, connection);
    }

    internal static SqliteFailureException From(int result, sqlite3 connection) =>
        new(result & 0xff, raw.sqlite3_errmsg(connection).utf8_to_string());
}
