using BusIngest.Bus.Storage.Postgres;
using BusIngest.Contracts.Orders;
using BusIngest.Workers.Orders.Storage;

namespace BusIngest.Workers.Orders.Recording;

/// <summary>The history and the log in PostgreSQL, over the model of <see cref="OrdersContext"/>.</summary>
internal static class PostgresRunStatements
{
    /// <summary>Records how far a run is, unless a later state of it is recorded, or its history was wiped.</summary>
    public static void Record(this PostgresBatch batch, OrderRunFacts facts) => batch
        .Add("""
            INSERT INTO order_runs (run, id, step, phase, quantity, created_at, generated_at, vip_enqueued_at, vip_drained_at, normal_enqueued_at,
                ended_at, error, vip_processed, normal_processed, failed)
            SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0, 0, 0
            FROM order_queue WHERE forgotten_run < $1
            ON CONFLICT (run) DO UPDATE SET step = excluded.step, phase = excluded.phase, generated_at = excluded.generated_at,
                vip_enqueued_at = excluded.vip_enqueued_at, vip_drained_at = excluded.vip_drained_at,
                normal_enqueued_at = excluded.normal_enqueued_at, ended_at = excluded.ended_at, error = excluded.error
            WHERE excluded.step > order_runs.step
            """)
        .Bind(facts.Run).Bind(facts.RunId).Bind(facts.Step).Bind(facts.Phase).Bind(facts.Quantity).Bind(facts.CreatedAt)
        .Bind(facts.GeneratedAt).Bind(facts.VipEnqueuedAt).Bind(facts.VipDrainedAt).Bind(facts.NormalEnqueuedAt).Bind(facts.EndedAt).Bind(facts.Error);

    /// <summary>Sums up the batches of a run in its history, unless they are gone.</summary>
    public static void CountRun(this PostgresBatch batch, long run) => batch
        .Add("""
            UPDATE order_runs SET vip_started_at = sums.vip_started_at, vip_ended_at = sums.vip_ended_at,
                normal_started_at = sums.normal_started_at, normal_ended_at = sums.normal_ended_at,
                vip_processed = sums.vip_processed, normal_processed = sums.normal_processed, failed = sums.failed
            FROM (SELECT min(started_at) FILTER (WHERE priority = 'VIP') AS vip_started_at,
                         max(settled_at) FILTER (WHERE priority = 'VIP') AS vip_ended_at,
                         min(started_at) FILTER (WHERE priority = 'NORMAL') AS normal_started_at,
                         max(settled_at) FILTER (WHERE priority = 'NORMAL') AS normal_ended_at,
                         coalesce(sum(processed) FILTER (WHERE priority = 'VIP'), 0) AS vip_processed,
                         coalesce(sum(processed) FILTER (WHERE priority = 'NORMAL'), 0) AS normal_processed,
                         coalesce(sum(failed), 0) AS failed, count(*) AS batches
                  FROM order_batches WHERE first BETWEEN $2 AND $3) AS sums
            WHERE order_runs.run = $1 AND sums.batches > 0
            """)
        .Bind(run).Bind(OrderRange.First(run)).Bind(OrderRange.Last(run));

    /// <summary>Adds a line to the log.</summary>
    public static void Log(this PostgresBatch batch, OrderLogLine line) => batch
        .Add("INSERT INTO order_log (at, level, message) VALUES ($1, $2, $3)")
        .Bind(line.At).Bind(line.Level).Bind(line.Message.Replace('\0', '\uFFFD'));

    /// <summary>Adds a line to the log, unless another one was added since then.</summary>
    public static void LogUnlessSince(this PostgresBatch batch, OrderLogLine line, DateTimeOffset since) => batch
        .Add("""
            INSERT INTO order_log (at, level, message) SELECT $1, $2, $3
            WHERE NOT EXISTS (SELECT FROM order_log WHERE seq = (SELECT max(seq) FROM order_log) AND at >= $4)
            """)
        .Bind(line.At).Bind(line.Level).Bind(line.Message).Bind(since);

    /// <summary>Deletes the oldest lines.</summary>
    public static void TrimLog(this PostgresBatch batch) => batch
        .Add("DELETE FROM order_log WHERE seq <= (SELECT max(seq) FROM order_log) - $1")
        .Bind((long)RunStatements.MaxLogLines);
}
