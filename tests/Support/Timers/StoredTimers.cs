using BusIngest.Support.Storage;
using Microsoft.Data.Sqlite;

namespace BusIngest.Support.Timers;

/// <summary>The timers in the database file, and not by the program's word.</summary>
/// <param name="dataDirectory">DATA_DIR.</param>
public sealed class StoredTimers(string dataDirectory)
{
    private const string File = "busingest.db";

    /// <summary>All of them.</summary>
    public IReadOnlyList<StoredTimer> All()
    {
        using var connection = Database.Open(dataDirectory, File);
        using var snapshot = connection.BeginTransaction(deferred: true);
        var transitions = Read(
            connection,
            "SELECT saga_seq, version, from_state, to_state FROM saga_transitions ORDER BY seq",
            static row => (Key: row.GetInt64(0), Value: new StoredTransition(row.GetInt64(1), row.GetString(2), row.GetString(3))))
            .ToLookup(static row => row.Key, static row => row.Value);
        var attempts = Read(
            connection,
            "SELECT timer_id, attempt, started_at, duration_ms, status_code, error FROM timer_attempts ORDER BY started_at, seq",
            static row => (Key: Guid.Parse(row.GetString(0)), Value: Attempt(row)))
            .ToLookup(static row => row.Key, static row => row.Value);
        return Read(
            connection,
            """
            SELECT seq, correlation_id, document ->> 'webhookUrl', state, version, document ->> 'dueAt' FROM sagas WHERE kind = 'timer' ORDER BY seq
            """,
            row => new StoredTimer(
                Guid.Parse(row.GetString(1)),
                NameOf(row.GetString(2)),
                row.GetString(3),
                row.GetInt64(4),
                row.GetDateTimeOffset(5),
                transitions[row.GetInt64(0)].ToList(),
                attempts[Guid.Parse(row.GetString(1))].ToList()));
    }

    /// <summary>How many timers are neither at their end nor cancelled.</summary>
    public long CountUnsettled() => Count("sagas WHERE kind = 'timer' AND state IN ('Scheduled', 'Running')");

    /// <summary>How many messages their consumers gave up on.</summary>
    public long CountFailedMessages() => Count("failed_messages");

    /// <summary>How many messages are under way between consumers, or wait for their time.</summary>
    public long CountPendingMessages() => Count("outgoing") + Count("scheduled_messages");

    private static StoredAttempt Attempt(SqliteDataReader row)
    {
        var startedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2));
        return new StoredAttempt(
            row.GetInt32(1),
            startedAt,
            startedAt.AddMilliseconds(row.GetInt64(3)),
            row.IsDBNull(4) ? null : row.GetInt32(4),
            row.IsDBNull(5) ? null : row.GetString(5));
    }

    private static string NameOf(string url) => new Uri(url).AbsolutePath.TrimStart('/');

    private long Count(string rows)
    {
        using var connection = Database.Open(dataDirectory, File);
        return Database.Scalar<long>(connection, $"SELECT count(*) FROM {rows}");
    }

    private static List<T> Read<T>(SqliteConnection connection, string sql, Func<SqliteDataReader, T> read)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are the tests' own.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var rows = command.ExecuteReader();
        var all = new List<T>();
        while (rows.Read())
            all.Add(read(rows));
        return all;
    }
}
