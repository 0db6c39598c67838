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
    /// Whether it is the file or the machine that fails, and not the statement: the same work may well succeed later. The list is of what is
    /// surely the statement's or its row's own.
    /// </summary>
    public bool IsStorageFailure => IsStorageCode(Code);

    internal static bool IsStorageCode(int code) => code is not (raw.SQLITE_ERROR or raw.SQLITE_INTERNAL or raw.SQLITE_TOOBIG
        or raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH or raw.SQLITE_MISUSE or raw.SQLITE_RANGE);

    internal static void ThrowIfFailed(int result, sqlite3 connection)
    {
        if (result != raw.SQLITE_OK)
            throw From(result, connection);
    }

    internal static SqliteFailureException From(int result, sqlite3 connection) =>
        new(result & 0xff, raw.sqlite3_errmsg(connection).utf8_to_string());
}
