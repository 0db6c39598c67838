using BusIngest.Bus.Storage.Postgres;
using BusIngest.Workers.Sync.Pages;
using Npgsql;
using NpgsqlTypes;

namespace BusIngest.Workers.Sync.Storing;

/// <summary>The statements of what is pulled for PostgreSQL, over the model of <see cref="SyncContext"/>.</summary>
internal static class PostgresSyncStatements
{
    /// <summary>What was no event, and what the run has counted.</summary>
    private const string CountPages = """
        WITH rejected AS (
            INSERT INTO sync_rejects (source, run_id, rejected_at, key, reason, body)
            SELECT $1, $2, $3, * FROM unnest($4, $5, $6) ON CONFLICT (key) DO NOTHING RETURNING 1),
        counted AS (
            UPDATE sync_checkpoint SET source_events = source_events + $7 WHERE source = $1 AND holder = $8)
        UPDATE sync_runs SET
            pages = $9, events_fetched = $10, events_stored = events_stored + $7, rejected = rejected + (SELECT count(*) FROM rejected),
            total = $11, requests = $12, retries = $13, throttles = $14, cursor_expiries = $15, faults = $16, rate_limit = $17,
            rate_remaining = $18, rate_reset_at = $19, rate_window_ms = $20, fetch_ms = $21, store_ms = $22, updated_at = $3,
            last_error = $23, last_error_at = $24
        WHERE run_id = $2 AND EXISTS (SELECT 1 FROM sync_checkpoint WHERE source = $1 AND holder = $8)
        """;

    private const string FindKeys = "SELECT key FROM sync_events WHERE key = ANY($1)";

    /// <summary>Takes a source's checkpoint, unless a later stretch has it, and keeps where it is: another run begins at the first page.</summary>
    public static void Claim(this PostgresBatch batch, SyncCheckpoint claim, bool fromFirstPage, bool forgetPace) => batch
        .Add("""
            INSERT INTO sync_checkpoint AS c (source, run_id, epoch, stretch, holder, pass_pages, pass_events, source_events, updated_at)
            VALUES ($1, $2, $3, $4, $5, 0, 0, 0, $6)
            ON CONFLICT (source) DO UPDATE SET
                cursor = CASE WHEN c.run_id <> excluded.run_id OR ($7 AND c.stretch < excluded.stretch) THEN NULL ELSE c.cursor END,
                cursor_at = CASE WHEN c.run_id <> excluded.run_id OR ($7 AND c.stretch < excluded.stretch) THEN NULL ELSE c.cursor_at END,
                pass_pages = CASE WHEN c.run_id <> excluded.run_id OR ($7 AND c.stretch < excluded.stretch) THEN 0 ELSE c.pass_pages END,
                pass_events = CASE WHEN c.run_id <> excluded.run_id OR ($7 AND c.stretch < excluded.stretch) THEN 0 ELSE c.pass_events END,
                pace = CASE WHEN $8 THEN NULL ELSE c.pace END,
                run_id = excluded.run_id, epoch = excluded.epoch, stretch = excluded.stretch, holder = excluded.holder,
                updated_at = excluded.updated_at
            WHERE (c.epoch, c.stretch) <= (excluded.epoch, excluded.stretch)
            """)
        .Bind(claim.Source).Bind(claim.RunId).Bind(claim.Epoch).Bind(claim.Stretch).Bind(claim.Holder).Bind(claim.UpdatedAt).Bind(fromFirstPage)
        .Bind(forgetPace);

    /// <summary>Forgets the paces of a source.</summary>
    public static void ForgetPace(this PostgresBatch batch, string source) =>
        batch.Add("UPDATE sync_checkpoint SET pace = NULL WHERE source = $1").Bind(source);

    /// <summary>Makes a run's row unless it is there.</summary>
    public static void Begin(this PostgresBatch batch, SyncRun run) => batch
        .Add("""
            INSERT INTO sync_runs (run_id, source, pages, events_fetched, events_stored, rejected, requests, retries, throttles, cursor_expiries,
                faults, fetch_ms, store_ms, started_at, updated_at)
            VALUES ($1, $2, 0, 0, 0, 0, 0, 0, 0, 0, '{}', 0, 0, $3, $3) ON CONFLICT (run_id) DO NOTHING
            """)
        .Bind(run.RunId).Bind(run.Source).Bind(run.StartedAt);

    /// <summary>Stores pages, in the connection's transaction.</summary>
    /// <exception cref="FencedOffException">The checkpoint belongs to somebody else by now.</exception>
    /// <remarks>
    /// The events that are new are copied in: an insert that looks for conflicts writes each row and its confirmation one by one. No other can
    /// store the same ones meanwhile, as the checkpoint's row is locked; the index would refuse the second.
    /// </remarks>
    public static async Task StoreAsync(this NpgsqlConnection connection, PageCommit commit)
    {
        var move = new PostgresBatch();
        move.Move(commit).Check(moved =>
        {
            if (moved == 0)
                throw new FencedOffException();
        });
        await move.ExecuteAsync(connection, CancellationToken.None);

        var keys = await connection.FindNewAsync(commit.Pages);
        var stored = keys.Count;
        if (stored > 0)
        {
            using var copy = new EventCopy(commit.Checkpoint.Source);
            await copy.RunAsync(connection, commit.Pages, keys);
        }

        var count = new PostgresBatch();
        count.Count(commit, stored);
        await count.ExecuteAsync(connection, CancellationToken.None);
    }

    /// <summary>Keeps what a stretch has counted since its last page, unless the checkpoint belongs to somebody else by now.</summary>
    public static void Note(this PostgresBatch batch, PageCommit commit)
    {
        batch.Move(commit);
        batch.Count(commit, stored: 0);
    }

    /// <summary>Puts a sealed key in the place of the plain one, unless another process has.</summary>
    public static void SealKey(this PostgresBatch batch, string plain, string box) => batch
        .Add("""
            WITH plain AS (DELETE FROM sync_seal_key WHERE id = 1 AND key = $1 RETURNING 1)
            INSERT INTO sync_seal_key (id, key) SELECT (SELECT greatest(max(id), 2) + 1 FROM sync_seal_key), $2 FROM plain
            """)
        .Bind(plain).Bind(box);

    /// <summary>Notes the print of the key that seals.</summary>
    public static void NoteSealPrint(this PostgresBatch batch, string print) =>
        batch.Add("INSERT INTO sync_seal_key (id, key) VALUES (2, $1) ON CONFLICT (id) DO UPDATE SET key = excluded.key").Bind(print);

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

    /// <summary>The keys of the events that are not stored yet, each once.</summary>
    private static async Task<HashSet<Guid>> FindNewAsync(this NpgsqlConnection connection, IReadOnlyList<FetchedPage> pages)
    {
        var keys = new HashSet<Guid>(pages.Sum(page => page.Memory.Count));
        foreach (var page in pages)
        {
            foreach (ref readonly var pulled in page.Memory.Events)
                keys.Add(pulled.Key);
        }

        await using var command = new NpgsqlCommand(FindKeys, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. keys], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        await using var known = await command.ExecuteReaderAsync(CancellationToken.None);
        while (await known.ReadAsync(CancellationToken.None))
            keys.Remove(known.GetGuid(0));
        return keys;
    }

    private static void Count(this PostgresBatch batch, PageCommit commit, long stored)
    {
        var (run, rejects) = (commit.Run, commit.Rejects);
        var source = commit.Checkpoint.Source;
        batch.Add(CountPages)
            .Bind(source).Bind(run.RunId).Bind(commit.Checkpoint.UpdatedAt)
            .BindArray([.. rejects.Select(x => x.KeyOf(source))], NpgsqlDbType.Text)
            .BindArray([.. rejects.Select(x => x.Reason)], NpgsqlDbType.Text)
            .BindArray([.. rejects.Select(x => x.Excerpt)], NpgsqlDbType.Text)
            .Bind(stored).Bind(commit.Holder)
            .Bind(run.Pages).Bind(run.EventsFetched).Bind(run.Total).Bind(run.Requests).Bind(run.Retries).Bind(run.Throttles)
            .Bind(run.CursorExpiries).Bind(run.Faults).Bind(run.RateLimit).Bind(run.RateRemaining).Bind(run.RateResetAt).Bind(run.RateWindowMs)
            .Bind(run.FetchMs).Bind(run.StoreMs).Bind(run.LastError).Bind(run.LastErrorAt);
    }
}
