using BusIngest.Bus.Storage.Postgres;
using BusIngest.Contracts.Orders;
using NpgsqlTypes;

namespace BusIngest.Workers.Orders.Storage;

/// <summary>The life of a batch in PostgreSQL, over the model of <see cref="OrdersContext"/>.</summary>
internal static class PostgresBatchStatements
{
    /// <summary>Enqueues batches, unless they are there.</summary>
    public static void Enqueue(this PostgresBatch batch, IReadOnlyList<NewBatch> batches) => batch
        .Add("""
            INSERT INTO order_batches (first, last, run, priority, state, size, processed, failed, attempts, not_before, changed_at, hidden)
            SELECT first, last, run, priority, 'waiting', size, 0, 0, 0, not_before, changed_at, false
            FROM unnest($1, $2, $3, $4, $5, $6, $7) AS batch (first, last, run, priority, size, not_before, changed_at)
            ON CONFLICT (first) DO NOTHING
            """)
        .BindArray([.. batches.Select(x => x.First)], NpgsqlDbType.Bigint)
        .BindArray([.. batches.Select(x => x.Last)], NpgsqlDbType.Bigint)
        .BindArray([.. batches.Select(x => x.Run)], NpgsqlDbType.Bigint)
        .BindArray([.. batches.Select(x => x.Priority.Written())], NpgsqlDbType.Text)
        .BindArray([.. batches.Select(x => x.Size)], NpgsqlDbType.Integer)
        .BindArray([.. batches.Select(x => x.NotBefore)], NpgsqlDbType.TimestampTz)
        .BindArray([.. batches.Select(x => x.EnqueuedAt)], NpgsqlDbType.TimestampTz);

    /// <summary>Takes a batch in hand, unless it is settled, or the queue or its run stands.</summary>
    /// <returns>To check whether one row says that it could be had.</returns>
    public static PostgresCommand Claim(this PostgresBatch batch, ClaimedBatch claimed) => batch
        .Add("""
            UPDATE order_batches SET state = 'active', claim = $2, attempts = attempts + 1, changed_at = $3, started_at = coalesce(started_at, $3)
            WHERE first = $1 AND state IN ('waiting', 'active') AND (settled_at IS NOT NULL) = $4
              AND EXISTS (SELECT FROM order_queue WHERE NOT paused AND NOT closed AND halted_run < order_batches.run)
            """)
        .Bind(claimed.Batch.First).Bind(claimed.Claim).Bind(claimed.StartedAt).Bind(claimed.IsAgain);

    /// <summary>Settles a batch that is in hand.</summary>
    /// <returns>To check whether one row says that it was, by this claim.</returns>
    public static PostgresCommand Settle(this PostgresBatch batch, ClaimedBatch claimed, BatchResult result) => batch
        .Add("""
            UPDATE order_batches SET state = $3, claim = NULL, processed = processed + $4, failed = $5, error = $6, changed_at = $7,
                settled_at = coalesce(settled_at, $7)
            WHERE first = $1 AND claim = $2 AND state = 'active'
            """)
        .Bind(claimed.Batch.First).Bind(claimed.Claim)
        .Bind(result.Failed > 0 ? OrderJobStates.Failed : OrderJobStates.Completed)
        .Bind(result.Processed).Bind(result.Failed).Bind(result.Error).Bind(claimed.ProcessedAt);

    /// <summary>Moves batches from one state to another, if they are still in the one since then.</summary>
    /// <returns>To check how many were.</returns>
    public static PostgresCommand Move(this PostgresBatch batch, IReadOnlyList<OrderBatch> batches, string state, DateTimeOffset now) => batch
        .Add("""
            UPDATE order_batches SET state = $4, claim = NULL, changed_at = $5 FROM unnest($1, $2, $3) AS old (first, state, changed_at)
            WHERE order_batches.first = old.first AND order_batches.state = old.state AND order_batches.changed_at = old.changed_at
            """)
        .BindArray([.. batches.Select(x => x.First)], NpgsqlDbType.Bigint)
        .BindArray([.. batches.Select(x => x.State)], NpgsqlDbType.Text)
        .BindArray([.. batches.Select(x => x.ChangedAt)], NpgsqlDbType.TimestampTz)
        .Bind(state).Bind(now);

    /// <summary>Takes batches out of the listing of jobs.</summary>
    /// <returns>To check how many.</returns>
    public static PostgresCommand Hide(this PostgresBatch batch, long run, string state, DateTimeOffset before, int limit) => batch
        .Add("""
            UPDATE order_batches SET hidden = true WHERE first IN (
                SELECT first FROM order_batches
                WHERE first BETWEEN $1 AND $2 AND state = $3 AND NOT hidden AND changed_at <= $4 ORDER BY first LIMIT $5)
            """)
        .Bind(OrderRange.First(run)).Bind(OrderRange.Last(run)).Bind(state).Bind(before).Bind(limit);
}
