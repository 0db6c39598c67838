using BusIngest.Bus.Storage;
using BusIngest.Workers.Sync.Pages;

namespace BusIngest.Workers.Sync.Storing;

/// <summary>The statements of what is pulled, over the model of <see cref="SyncContext"/>.</summary>
internal static class SyncStatements
{
    /// <summary>Takes a source's checkpoint, unless a later stretch has it, and keeps where it is: another run begins at the first page.</summary>
    public static void Claim(this SqliteSession session, SyncCheckpoint claim, bool fromFirstPage, bool forgetPace) => session
        .Statement("""
            INSERT INTO sync_checkpoint (source, run_id, epoch, stretch, holder, pass_pages, pass_events, source_events, updated_at)
            VALUES (?1, ?2, ?3, ?4, ?5, 0, 0, 0, ?6)
            ON CONFLICT (source) DO UPDATE SET
                cursor = CASE WHEN run_id <> excluded.run_id OR (?7 AND stretch < excluded.stretch) THEN NULL ELSE cursor END,
                cursor_at = CASE WHEN run_id <> excluded.run_id OR (?7 AND stretch < excluded.stretch) THEN NULL ELSE cursor_at END,
                pass_pages = CASE WHEN run_id <> excluded.run_id OR (?7 AND stretch < excluded.stretch) THEN 0 ELSE pass_pages END,
                pass_events = CASE WHEN run_id <> excluded.run_id OR (?7 AND stretch < excluded.stretch) THEN 0 ELSE pass_events END,
                pace = CASE WHEN ?8 THEN NULL ELSE pace END,
                run_id = excluded.run_id, epoch = excluded.epoch, stretch = excluded.stretch, holder = excluded.holder,
                updated_at = excluded.updated_at
            WHERE (epoch, stretch) <= (excluded.epoch, excluded.stretch)
            """)
        .Bind(1, claim.Source).Bind(2, claim.RunId).Bind(3, claim.Epoch).Bind(4, claim.Stretch).Bind(5, claim.Holder?.ToString())
        .Bind(6, claim.UpdatedAt.ToUnixTimeMilliseconds()).Bind(7, fromFirstPage ? 1 : 0)
        .Bind(8, forgetPace ? 1 : 0)
        .Execute();

    /// <summary>Forgets the paces of a source.</summary>
    public static void ForgetPace(this SqliteSession session, string source) =>
        session.Statement("UPDATE sync_checkpoint SET pace = NULL WHERE source = ?1").Bind(1, source).Execute();

    /// <summary>Makes a run's row unless it is there.</summary>
    public static void Begin(this SqliteSession session, SyncRun run) => session
        .Statement("""
            INSERT INTO sync_runs (run_id, source, pages, events_fetched, events_stored, rejected, requests, retries, throttles, cursor_expiries,
                faults, fetch_ms, store_ms, started_at, updated_at)
            VALUES (?1, ?2, 0, 0, 0, 0, 0, 0, 0, 0, '{}', 0, 0, ?3, ?3) ON CONFLICT (run_id) DO NOTHING
            """)
        .Bind(1, run.RunId).Bind(2, run.Source).Bind(3, run.StartedAt.ToUnixTimeMilliseconds())
        .Execute();

    /// <summary>Stores pages.</summary>
    /// <exception cref="FencedOffException">The checkpoint belongs to somebody else by now.</exception>
    public static void Store(this SqliteSession session, PageCommit commit)
    {
        if (!session.Move(commit))
            throw new FencedOffException();

        var (stored, rejected) = (0, 0);
        foreach (var page in commit.Pages)
            stored += session.Insert(commit.Checkpoint.Source, page.Memory);
        foreach (var item in commit.Rejects)
            rejected += session.Insert(commit, item);
        session.Statement("UPDATE sync_checkpoint SET source_events = source_events + ?2 WHERE source = ?1")
            .Bind(1, commit.Checkpoint.Source).Bind(2, stored).Execute();
        session.Count(commit.Run, stored, rejected);
    }

    /// <summary>Keeps what a stretch has counted since its last page, unless the checkpoint belongs to somebody else by now.</summary>
    public static void Note(this SqliteSession session, PageCommit commit)
    {
        if (session.Move(commit))
            session.Count(commit.Run, stored: 0, rejected: 0);
    }


    private static bool Move(this SqliteSession session, PageCommit commit)
    {
        var checkpoint = commit.Checkpoint;
        return session
            .Statement("""
                UPDATE sync_checkpoint
                SET cursor = ?3, cursor_at = ?4, cursor_life_ms = ?5, pass_pages = ?6, pass_events = ?7, pace = ?8, updated_at = ?9
                WHERE source = ?1 AND holder = ?2
                """)
            .Bind(1, checkpoint.Source).Bind(2, commit.Holder).Bind(3, checkpoint.Cursor).Bind(4, checkpoint.CursorAt)
            .Bind(5, checkpoint.CursorLifeMs).Bind(6, checkpoint.PassPages).Bind(7, checkpoint.PassEvents).Bind(8, checkpoint.Pace)
            .Bind(9, checkpoint.UpdatedAt.ToUnixTimeMilliseconds())
            .Execute() == 1;
    }

    private static int Insert(this SqliteSession session, string source, PageMemory memory)
    {
        var stored = 0;
        var insert = session.Statement("""
            INSERT INTO sync_events (key, source, id, type, user_id, timestamp, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            ON CONFLICT (key) DO NOTHING
            """);
        // It stays bound.
        insert.Bind(2, source);
        Span<byte> key = stackalloc byte[16];
        foreach (ref readonly var pulled in memory.Events)
        {
            pulled.Key.TryWriteBytes(key, bigEndian: true, out _);
            insert.Bind(1, key).BindText(3, memory.Text(pulled.Id)).Bind(4, memory, pulled.Type).Bind(5, memory, pulled.UserId)
                .Bind(6, pulled.TimestampMs).BindText(7, memory.Text(pulled.Body));
            stored += insert.Execute();
        }

        return stored;
    }

    /// <summary>Binds a text, or NULL. An empty span would be NULL, too.</summary>
    private static SqliteStatement Bind(this SqliteStatement statement, int parameter, PageMemory memory, PageText text) =>
        text.Length > 0 ? statement.BindText(parameter, memory.Text(text)) : statement.Bind(parameter, text.IsNone ? null : "");

    private static int Insert(this SqliteSession session, PageCommit commit, RejectedItem item) => session
        .Statement("""
            INSERT INTO sync_rejects (key, source, run_id, reason, body, rejected_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (key) DO NOTHING
            """)
        .Bind(1, item.KeyOf(commit.Checkpoint.Source)).Bind(2, commit.Checkpoint.Source).Bind(3, commit.Run.RunId).Bind(4, item.Reason)
        .Bind(5, item.Excerpt).Bind(6, commit.Checkpoint.UpdatedAt.ToUnixTimeMilliseconds())
        .Execute();

    private static void Count(this SqliteSession session, SyncRun run, int stored, int rejected) => session
        .Statement("""
            UPDATE sync_runs SET
                pages = ?2, events_fetched = ?3, events_stored = events_stored + ?4, rejected = rejected + ?5, total = ?6, requests = ?7,
                retries = ?8, throttles = ?9, cursor_expiries = ?10, faults = ?11, rate_limit = ?12, rate_remaining = ?13,
                rate_reset_at = ?14, rate_window_ms = ?15, fetch_ms = ?16, updated_at = ?17, last_error = ?18, last_error_at = ?19,
                store_ms = ?20
            WHERE run_id = ?1
            """)
        .Bind(1, run.RunId).Bind(2, run.Pages).Bind(3, run.EventsFetched).Bind(4, stored).Bind(5, rejected).Bind(6, run.Total)
        .Bind(7, run.Requests).Bind(8, run.Retries).Bind(9, run.Throttles).Bind(10, run.CursorExpiries).Bind(11, run.Faults)
        .Bind(12, run.RateLimit).Bind(13, run.RateRemaining).Bind(14, run.RateResetAt).Bind(15, run.RateWindowMs).Bind(16, run.FetchMs)
        .Bind(17, run.UpdatedAt.ToUnixTimeMilliseconds()).Bind(18, run.LastError).Bind(19, run.LastErrorAt).Bind(20, run.StoreMs)
        .Execute();
}
