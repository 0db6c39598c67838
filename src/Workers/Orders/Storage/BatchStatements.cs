using BusIngest.Bus.Storage;
using BusIngest.Contracts.Orders;

namespace BusIngest.Workers.Orders.Storage;

/// <summary>The life of a batch in SQLite, over the model of <see cref="OrdersContext"/>.</summary>
internal static class BatchStatements
{
    /// <summary>Enqueues a batch, unless it is there.</summary>
    public static void Enqueue(this SqliteSession session, NewBatch batch) => session
        .Statement("""
            INSERT INTO order_batches (first, last, run, priority, state, size, processed, failed, attempts, not_before, changed_at, hidden)
            VALUES (?1, ?2, ?3, ?4, 'waiting', ?5, 0, 0, 0, ?6, ?7, 0) ON CONFLICT (first) DO NOTHING
            """)
        .Bind(1, batch.First).Bind(2, batch.Last).Bind(3, batch.Run).Bind(4, batch.Priority.Written()).Bind(5, batch.Size)
        .Bind(6, batch.NotBefore.ToUnixTimeMilliseconds()).Bind(7, batch.EnqueuedAt.ToUnixTimeMilliseconds())
        .Execute();

    /// <summary>Takes a batch in hand, unless it is settled, or the queue or its run stands.</summary>
    /// <returns>Whether it could be had.</returns>
    public static bool Claim(this SqliteSession session, ClaimedBatch claimed) => session
        .Statement("""
            UPDATE order_batches SET state = 'active', claim = ?2, attempts = attempts + 1, changed_at = ?3, started_at = coalesce(started_at, ?3)
            WHERE first = ?1 AND state IN ('waiting', 'active') AND (settled_at IS NOT NULL) = ?4
              AND EXISTS (SELECT 1 FROM order_queue WHERE NOT paused AND NOT closed AND halted_run < order_batches.run)
            """)
        .Bind(1, claimed.Batch.First).Bind(2, claimed.Claim).Bind(3, claimed.StartedAt.ToUnixTimeMilliseconds()).Bind(4, claimed.IsAgain ? 1 : 0)
        .Execute() == 1;

    /// <summary>Settles a batch that is in hand.</summary>
    /// <returns>False when it is not, by this claim.</returns>
    public static bool Settle(this SqliteSession session, ClaimedBatch claimed, BatchResult result) => session
        .Statement("""
            UPDATE order_batches SET state = ?3, claim = NULL, processed = processed + ?4, failed = ?5, error = ?6, changed_at = ?7,
                settled_at = coalesce(settled_at, ?7)
            WHERE first = ?1 AND claim = ?2 AND state = 'active'
            """)
        .Bind(1, claimed.Batch.First).Bind(2, claimed.Claim)
        .Bind(3, result.Failed > 0 ? OrderJobStates.Failed : OrderJobStates.Completed)
        .Bind(4, result.Processed).Bind(5, result.Failed).Bind(6, result.Error).Bind(7, claimed.ProcessedAt.ToUnixTimeMilliseconds())
        .Execute() == 1;

    /// <summary>Moves a batch from one state to another.</summary>
    /// <returns>Whether it was in the one since then.</returns>
    public static bool Move(this SqliteSession session, OrderBatch batch, string state, DateTimeOffset now) => session
        .Statement("""
            UPDATE order_batches SET state = ?4, claim = NULL, changed_at = ?5
            WHERE first = ?1 AND state = ?2 AND changed_at = ?3
            """)
        .Bind(1, batch.First).Bind(2, batch.State).Bind(3, batch.ChangedAt.ToUnixTimeMilliseconds())
        .Bind(4, state).Bind(5, now.ToUnixTimeMilliseconds())
        .Execute() == 1;

    /// <summary>Takes batches out of the listing of jobs.</summary>
    /// <returns>How many.</returns>
    public static int Hide(this SqliteSession session, long run, string state, DateTimeOffset before, int limit) => session
        .Statement("""
            UPDATE order_batches SET hidden = 1 WHERE first IN (
                SELECT first FROM order_batches
                WHERE first BETWEEN ?1 AND ?2 AND state = ?3 AND NOT hidden AND changed_at <= ?4 ORDER BY first LIMIT ?5)
            """)
        .Bind(1, OrderRange.First(run)).Bind(2, OrderRange.Last(run)).Bind(3, state).Bind(4, before.ToUnixTimeMilliseconds()).Bind(5, limit)
        .Execute();
}
