using System.Text;
using BusIngest.Bus.Storage.Postgres;
using NpgsqlTypes;

namespace BusIngest.Workers.Sync.Storing;

/// <summary>The statements of what is pulled for PostgreSQL, over the model of <see cref="SyncContext"/>.</summary>
internal static class PostgresSyncStatements
{
    /// <summary>A page and what the run has counted, in one statement: what was stored of it is known to no other.</summary>
    private const string StorePage = """
        WITH stored AS (
            INSERT INTO sync_events (source, id, type, user_id, timestamp, body)
            SELECT $1, * FROM unnest($2, $3, $4, $5, $6) ON CONFLICT (id, source) DO NOTHING RETURNING 1),
        rejected AS (
            INSERT INTO sync_rejects (source, run_id, rejected_at, key, reason, body)
            SELECT $1, $7, $8, * FROM unnest($9, $10, $11) ON CONFLICT (key) DO NOTHING RETURNING 1),
        counted AS (
            UPDATE sync_checkpoint SET source_events = source_events + (SELECT count(*) FROM stored) WHERE source = $1 AND holder = $27)
        UPDATE sync_runs SET
            pages = $12, events_fetched = $13, events_stored = events_stored + (SELECT count(*) FROM stored),
            rejected = rejected + (SELECT count(*) FROM rejected), total = $14, requests = $15, retries = $16, throttles = $17,
            cursor_expiries = $18, faults = $19, rate_limit = $20, rate_remaining = $21, rate_reset_at = $22, rate_window_ms = $23,
            fetch_ms = $24, updated_at = $8, last_error = $25, last_error_at = $26
        WHERE run_id = $7 AND EXISTS (SELECT 1 FROM sync_checkpoint WHERE source = $1 AND holder = $27)
        """;

    /// <summary>Takes a source's checkpoint, unless a later stretch has it, and keeps where it is: another run begins at the first page.</summary>
    public static void Claim(this PostgresBatch batch, SyncCheckpoint claim, bool fromFirstPage) => batch
        .Add("""
            INSERT INTO sync_checkpoint AS c (source, run_id, epoch, stretch, holder, pass_pages, pass_events, source_events, updated_at)
            VALUES ($1, $2, $3, $4, $5, 0, 0, 0, $6)
            ON CONFLICT (source) DO UPDATE SET
                cursor = CASE WHEN c.run_id <> excluded.run_id OR ($7 AND c.stretch < excluded.stretch) THEN NULL ELSE c.cursor END,
                cursor_at = CASE WHEN c.run_id <> excluded.run_id OR ($7 AND c.stretch < excluded.stretch) THEN NULL ELSE c.cursor_at END,
                pass_pages = CASE WHEN c.run_id <> excluded.run_id OR ($7 AND c.stretch < excluded.stretch) THEN 0 ELSE c.pass_pages END,
                pass_events = CASE WHEN c.run_id <> excluded.run_id OR ($7 AND c.stretch < excluded.stretch) THEN 0 ELSE c.pass_events END,
                run_id = excluded.run_id, epoch = excluded.epoch, stretch = excluded.stretch, holder = excluded.holder,
                updated_at = excluded.updated_at
            WHERE (c.epoch, c.stretch) <= (excluded.epoch, excluded.stretch)
            """)
        .Bind(claim.Source).Bind(claim.RunId).Bind(claim.Epoch).Bind(claim.Stretch).Bind(claim.Holder).Bind(claim.UpdatedAt).Bind(fromFirstPage);

    /// <summary>Makes a run's row unless it is there.</summary>
    public static void Begin(this PostgresBatch batch, SyncRun run) => batch
        .Add("""
            INSERT INTO sync_runs (run_id, source, pages, events_fetched, events_stored, rejected, requests, retries, throttles, cursor_expiries,
                faults, fetch_ms, started_at, updated_at)
            VALUES ($1, $2, 0, 0, 0, 0, 0, 0, 0, 0, '{}', 0, $3, $3) ON CONFLICT (run_id) DO NOTHING
            """)
        .Bind(run.RunId).Bind(run.Source).Bind(run.StartedAt);

    /// <summary>Stores a page. If the checkpoint belongs to somebody else by now, <see cref="FencedOffException"/> undoes it.</summary>
    public static void Store(this PostgresBatch batch, PageCommit commit)
    {
        batch.Move(commit).Check(moved =>
        {
            if (moved == 0)
                throw new FencedOffException();
        });
        batch.Count(commit);
    }

    /// <summary>Keeps what a stretch has counted since its last page, unless the checkpoint belongs to somebody else by now.</summary>
    public static void Note(this PostgresBatch batch, PageCommit commit)
    {
        batch.Move(commit);
        batch.Count(commit);
    }

    /// <summary>Keeps what clients' keys are sealed with, unless there is something.</summary>
    public static void KeepSealKey(this PostgresBatch batch, string key) =>
        batch.Add("INSERT INTO sync_seal_key (id, key) VALUES (1, $1) ON CONFLICT (id) DO NOTHING").Bind(key);

    /// <summary>The row is locked from here on: whoever wants to take it over waits for the commit.</summary>
    private static PostgresCommand Move(this PostgresBatch batch, PageCommit commit)
    {
        var checkpoint = commit.Checkpoint;
        return batch
            .Add("""
                UPDATE sync_checkpoint
                SET cursor = $3, cursor_at = $4, cursor_life_ms = $5, pass_pages = $6, pass_events = $7, pace = $8, updated_at = $9
                WHERE source = $1 AND holder = $2
                """)
            .Bind(checkpoint.Source).Bind(commit.Holder).Bind(checkpoint.Cursor).Bind(checkpoint.CursorAt).Bind(checkpoint.CursorLifeMs)
            .Bind(checkpoint.PassPages).Bind(checkpoint.PassEvents).Bind(checkpoint.Pace).Bind(checkpoint.UpdatedAt);
    }

    private static void Count(this PostgresBatch batch, PageCommit commit)
    {
        var (run, events, rejects) = (commit.Run, commit.Events, commit.Rejects);
        var source = commit.Checkpoint.Source;
        batch.Add(StorePage)
            .Bind(source)
            .BindArray(Column(events, x => x.Id), NpgsqlDbType.Text)
            .BindArray(Column(events, x => Storable(x.Type)), NpgsqlDbType.Text)
            .BindArray(Column(events, x => Storable(x.UserId)), NpgsqlDbType.Text)
            .BindArray(Column(events, x => DateTimeOffset.FromUnixTimeMilliseconds(x.TimestampMs)), NpgsqlDbType.TimestampTz)
            .BindArray(Column(events, x => Encoding.UTF8.GetString(x.Body.Span)), NpgsqlDbType.Text)
            .Bind(run.RunId).Bind(commit.Checkpoint.UpdatedAt)
            .BindArray(Column(rejects, x => x.KeyOf(source)), NpgsqlDbType.Text)
            .BindArray(Column(rejects, x => x.Reason), NpgsqlDbType.Text)
            .BindArray(Column(rejects, x => x.Excerpt), NpgsqlDbType.Text)
            .Bind(run.Pages).Bind(run.EventsFetched).Bind(run.Total).Bind(run.Requests).Bind(run.Retries).Bind(run.Throttles)
            .Bind(run.CursorExpiries).Bind(run.Faults).Bind(run.RateLimit).Bind(run.RateRemaining).Bind(run.RateResetAt).Bind(run.RateWindowMs)
            .Bind(run.FetchMs).Bind(run.LastError).Bind(run.LastErrorAt).Bind(commit.Holder);
    }

    private static TColumn[] Column<TRow, TColumn>(IReadOnlyList<TRow> rows, Func<TRow, TColumn> column)
    {
        var values = new TColumn[rows.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = column(rows[i]);
        return values;
    }

    /// <summary>PostgreSQL's text holds no NUL.</summary>
    private static string? Storable(string? text) => text?.Replace("\0", "\uFFFD", StringComparison.Ordinal);
}
