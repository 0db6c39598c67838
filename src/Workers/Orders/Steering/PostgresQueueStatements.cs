using BusIngest.Bus.Storage.Postgres;
using BusIngest.Contracts.Orders;

namespace BusIngest.Workers.Orders.Steering;

/// <summary>Whether the queue runs, and what is tidied up, in PostgreSQL.</summary>
internal static class PostgresQueueStatements
{
    /// <summary>Lets the queue run or stand, unless a later word on that was heard.</summary>
    public static void Set(this PostgresBatch batch, SwitchOrders queue) => batch
        .Add("UPDATE order_queue SET revision = $1, paused = $2, closed = $3 WHERE revision < $1")
        .Bind(queue.Revision).Bind(queue.Paused).Bind(queue.Closed);

    /// <summary>Lets nothing of a run, or an earlier one, begin any more. It waits for chunks that are being stored.</summary>
    public static void Halt(this PostgresBatch batch, long run) =>
        batch.Add("UPDATE order_queue SET halted_run = greatest(halted_run, $1)").Bind(run);

    /// <summary>Puts back what is still in hand: whoever has it can't settle it any more.</summary>
    public static void PutBack(this PostgresBatch batch, long run, DateTimeOffset now) => batch
        .Add("UPDATE order_batches SET state = 'waiting', claim = NULL, changed_at = $3 WHERE first BETWEEN $1 AND $2 AND state = 'active'")
        .Bind(OrderRange.First(run)).Bind(OrderRange.Last(run)).Bind(now);

    /// <summary>Takes what waits from the queue.</summary>
    /// <returns>To check how many batches.</returns>
    public static PostgresCommand Purge(this PostgresBatch batch, long run, DateTimeOffset now) => batch
        .Add("UPDATE order_batches SET state = 'removed', changed_at = $3 WHERE first BETWEEN $1 AND $2 AND state = 'waiting'")
        .Bind(OrderRange.First(run)).Bind(OrderRange.Last(run)).Bind(now);

    /// <summary>Deletes orders that are not processed.</summary>
    /// <param name="batch">The transaction.</param>
    /// <param name="first">From this number on.</param>
    /// <param name="last">Up to this one.</param>
    /// <returns>To check how many.</returns>
    public static PostgresCommand DeletePending(this PostgresBatch batch, long first, long last) =>
        batch.Add("DELETE FROM orders WHERE seq BETWEEN $1 AND $2 AND status = 'pendente'").Bind(first).Bind(last);

    /// <summary>Deletes all orders, chunks and batches: at once where this role may, and else row by row, while nobody adds any.</summary>
    public static void Wipe(this PostgresBatch batch) => batch.Add("""
        DO $$ BEGIN
            IF has_table_privilege('orders', 'TRUNCATE') AND has_table_privilege('order_chunks', 'TRUNCATE') AND has_table_privilege('order_batches', 'TRUNCATE') THEN
                TRUNCATE orders, order_chunks, order_batches;
            ELSE
                LOCK TABLE orders, order_chunks, order_batches IN ACCESS EXCLUSIVE MODE;
                DELETE FROM orders;
                DELETE FROM order_chunks;
                DELETE FROM order_batches;
            END IF;
        END $$
        """);

    /// <summary>Deletes the history up to a run, which is not written again.</summary>
    /// <returns>To check how many runs.</returns>
    public static PostgresCommand Forget(this PostgresBatch batch, long run)
    {
        batch.Add("UPDATE order_queue SET forgotten_run = greatest(forgotten_run, $1)").Bind(run);
        return batch.Add("DELETE FROM order_runs WHERE run <= $1").Bind(run);
    }

    /// <summary>Empties the log.</summary>
    public static void ClearLog(this PostgresBatch batch) => batch.Add("DELETE FROM order_log");
}
