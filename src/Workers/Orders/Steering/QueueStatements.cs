using BusIngest.Bus.Storage;
using BusIngest.Contracts.Orders;

namespace BusIngest.Workers.Orders.Steering;

/// <summary>Whether the queue runs, and what is tidied up, in SQLite.</summary>
internal static class QueueStatements
{
    /// <summary>Lets the queue run or stand, unless a later word on that was heard.</summary>
    public static void Set(this SqliteSession session, SwitchOrders queue) => session
        .Statement("UPDATE order_queue SET revision = ?1, paused = ?2, closed = ?3 WHERE revision < ?1")
        .Bind(1, queue.Revision).Bind(2, queue.Paused ? 1 : 0).Bind(3, queue.Closed ? 1 : 0)
        .Execute();

    /// <summary>Lets nothing of a run, or an earlier one, begin any more.</summary>
    public static void Halt(this SqliteSession session, long run) =>
        session.Statement("UPDATE order_queue SET halted_run = max(halted_run, ?1)").Bind(1, run).Execute();

    /// <summary>Puts back what is still in hand: whoever has it can't settle it any more.</summary>
    public static void PutBack(this SqliteSession session, long run, DateTimeOffset now) => session
        .Statement("UPDATE order_batches SET state = 'waiting', claim = NULL, changed_at = ?3 WHERE first BETWEEN ?1 AND ?2 AND state = 'active'")
        .Bind(1, OrderRange.First(run)).Bind(2, OrderRange.Last(run)).Bind(3, now.ToUnixTimeMilliseconds())
        .Execute();

    /// <summary>Takes what waits from the queue.</summary>
    /// <returns>How many batches.</returns>
    public static int Purge(this SqliteSession session, long run, DateTimeOffset now) => session
        .Statement("UPDATE order_batches SET state = 'removed', changed_at = ?3 WHERE first BETWEEN ?1 AND ?2 AND state = 'waiting'")
        .Bind(1, OrderRange.First(run)).Bind(2, OrderRange.Last(run)).Bind(3, now.ToUnixTimeMilliseconds())
        .Execute();

    /// <summary>Deletes orders that are not processed.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="first">From this number on.</param>
    /// <param name="last">Up to this one.</param>
    /// <returns>How many.</returns>
    public static int DeletePending(this SqliteSession session, long first, long last) => session
        .Statement("DELETE FROM orders WHERE seq BETWEEN ?1 AND ?2 AND status = 'pendente'").Bind(1, first).Bind(2, last)
        .Execute();

    /// <summary>Deletes all orders, chunks and batches.</summary>
    public static void Wipe(this SqliteSession session)
    {
        session.Statement("DELETE FROM order_chunks").Execute();
        session.Statement("DELETE FROM order_batches").Execute();
        session.Statement("DELETE FROM orders").Execute();
    }

    /// <summary>Deletes the history up to a run, which is not written again.</summary>
    /// <returns>How many runs.</returns>
    public static int Forget(this SqliteSession session, long run)
    {
        session.Statement("UPDATE order_queue SET forgotten_run = max(forgotten_run, ?1)").Bind(1, run).Execute();
        return session.Statement("DELETE FROM order_runs WHERE run <= ?1").Bind(1, run).Execute();
    }

    /// <summary>Empties the log.</summary>
    public static void ClearLog(this SqliteSession session) => session.Statement("DELETE FROM order_log").Execute();
}
