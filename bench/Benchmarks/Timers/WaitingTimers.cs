using BusIngest.Bench.Harness;
using BusIngest.Bench.Twins;
using Microsoft.Data.Sqlite;

namespace BusIngest.Bench.Benchmarks.Timers;

/// <summary>
/// Makes many waiting timers without posting each: the program sets one, and while it is down that one's rows (`sagas`,
/// `saga_transitions`, `scheduled_messages`) are copied with SQL, each copy with ids of its own. They are due a day later, spread
/// over an hour.
/// </summary>
internal static class WaitingTimers
{
    private const int PerCommit = 50_000;
    private const long SpreadMs = 3_600_000;

    /// <summary>Fills the data directory of a program that is not running.</summary>
    public static async Task MakeAsync(BenchOptions options, WorkFolder folder, int count)
    {
        await using (var program = await TimersProgram.StartAsync(options, folder))
        {
            await program.CreateAsync(TimeSpan.FromDays(1));
            await program.BegunAsync();
        }

        using var main = BareDriver.Open(Path.Combine(folder.File("data"), "busingest.db"));
        Copy(main, count);
        BareDriver.Execute(main, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private static void Copy(SqliteConnection main, int count)
    {
        BareDriver.Execute(main, """
            CREATE TEMP TABLE first AS SELECT s.seq AS saga_seq, s.correlation_id AS id, json_extract(s.document, '$.dueAt') AS due, t.*
            FROM sagas AS s, scheduled_messages AS t
            """);
        using var saga = BareDriver.Prepare(
            main,
            """
            INSERT INTO sagas (kind, correlation_id, state, version, created_at, updated_at, document)
            SELECT s.kind, $id, s.state, s.version, s.created_at, s.updated_at,
                replace(replace(replace(s.document, f.id, $id), f.token_id, $token), f.due, strftime('%Y-%m-%dT%H:%M:%fZ', (f.due_at + $later) / 1000.0, 'unixepoch'))
            FROM temp.first AS f JOIN sagas AS s ON s.seq = f.saga_seq
            """,
            "$id", "$token", "$later");
        using var transition = BareDriver.Prepare(
            main,
            """
            INSERT INTO saga_transitions (saga_seq, version, event, message_id, from_state, to_state, at)
            SELECT last_insert_rowid(), t.version, t.event, $message, t.from_state, t.to_state, t.at
            FROM temp.first AS f JOIN saga_transitions AS t ON t.saga_seq = f.saga_seq
            """,
            "$message");
        using var scheduled = BareDriver.Prepare(
            main,
            """
            INSERT INTO scheduled_messages (token_id, due_at, message_id, message_type, endpoint, body)
            SELECT $token, due_at + $later, $message, message_type, endpoint,
                CAST(replace(replace(replace(CAST(body AS TEXT), id, $id), token_id, $token), message_id, $message) AS BLOB)
            FROM temp.first
            """,
            "$id", "$token", "$message", "$later");

        for (var i = 0; i < count; i++)
        {
            if (i % PerCommit == 0)
                BareDriver.Execute(main, i == 0 ? "BEGIN" : "COMMIT; BEGIN");
            var (id, token, message, later) = (NewId(), NewId(), NewId(), i * SpreadMs / count);
            Execute(saga, id, token, later);
            Execute(transition, NewId());
            Execute(scheduled, id, token, message, later);
        }

        BareDriver.Execute(main, "COMMIT");
    }

    private static void Execute(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i];
        if (command.ExecuteNonQuery() != 1)
            throw new BenchException("The timer that was to be copied has other rows than this benchmark knows.");
    }

    private static string NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString();
}
