using BusIngest.Bus.Storage;
using BusIngest.Contracts.Orders;
using BusIngest.Workers.Orders.Storage;

namespace BusIngest.Workers.Orders.Recording;

/// <summary>The history and the log in SQLite, over the model of <see cref="OrdersContext"/>.</summary>
internal static class RunStatements
{
    /// <summary>The most lines that are kept whenever a run comes to a phase.</summary>
    public const int MaxLogLines = 10_000;

    /// <summary>Records how far a run is, unless a later state of it is recorded, or its history was wiped.</summary>
    public static void Record(this SqliteSession session, OrderRunFacts facts) => session
        .Statement("""
            INSERT INTO order_runs (run, id, step, phase, quantity, created_at, generated_at, vip_enqueued_at, vip_drained_at, normal_enqueued_at,
                ended_at, error, vip_processed, normal_processed, failed)
            SELECT ?1, ?2, ?3, ?4, ?5, ?6, nullif(?7, 0), nullif(?8, 0), nullif(?9, 0), nullif(?10, 0), nullif(?11, 0), ?12, 0, 0, 0
            FROM order_queue WHERE forgotten_run < ?1
            ON CONFLICT (run) DO UPDATE SET step = excluded.step, phase = excluded.phase, generated_at = excluded.generated_at,
                vip_enqueued_at = excluded.vip_enqueued_at, vip_drained_at = excluded.vip_drained_at,
                normal_enqueued_at = excluded.normal_enqueued_at, ended_at = excluded.ended_at, error = excluded.error
            WHERE excluded.step > order_runs.step
            """)
        .Bind(1, facts.Run).Bind(2, facts.RunId).Bind(3, facts.Step).Bind(4, facts.Phase).Bind(5, facts.Quantity)
        .Bind(6, facts.CreatedAt.ToUnixTimeMilliseconds()).Bind(7, OrZero(facts.GeneratedAt)).Bind(8, OrZero(facts.VipEnqueuedAt))
        .Bind(9, OrZero(facts.VipDrainedAt)).Bind(10, OrZero(facts.NormalEnqueuedAt)).Bind(11, OrZero(facts.EndedAt)).Bind(12, facts.Error)
        .Execute();

    /// <summary>Sums up the batches of a run in its history, unless they are gone.</summary>
    public static void CountRun(this SqliteSession session, long run) => session
        .Statement("""
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
                  FROM order_batches WHERE first BETWEEN ?2 AND ?3) AS sums
            WHERE order_runs.run = ?1 AND sums.batches > 0
            """)
        .Bind(1, run).Bind(2, OrderRange.First(run)).Bind(3, OrderRange.Last(run))
        .Execute();

    /// <summary>Adds a line to the log.</summary>
    public static void Log(this SqliteSession session, OrderLogLine line) => session
        .Statement("INSERT INTO order_log (at, level, message) VALUES (?1, ?2, ?3)")
        .Bind(1, line.At.ToUnixTimeMilliseconds()).Bind(2, line.Level).Bind(3, line.Message)
        .Execute();

    /// <summary>Adds a line to the log, unless another one was added since then.</summary>
    public static void LogUnlessSince(this SqliteSession session, OrderLogLine line, DateTimeOffset since) => session
        .Statement("""
            INSERT INTO order_log (at, level, message) SELECT ?1, ?2, ?3
            WHERE NOT EXISTS (SELECT 1 FROM order_log WHERE seq = (SELECT max(seq) FROM order_log) AND at >= ?4)
            """)
        .Bind(1, line.At.ToUnixTimeMilliseconds()).Bind(2, line.Level).Bind(3, line.Message).Bind(4, since.ToUnixTimeMilliseconds())
        .Execute();

    /// <summary>Deletes the oldest lines.</summary>
    public static void TrimLog(this SqliteSession session) => session
        .Statement("DELETE FROM order_log WHERE seq <= (SELECT max(seq) FROM order_log) - ?1")
        .Bind(1, MaxLogLines)
        .Execute();

    private static long OrZero(DateTimeOffset? time) => time?.ToUnixTimeMilliseconds() ?? 0;
}
