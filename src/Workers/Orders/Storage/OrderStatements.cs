using BusIngest.Bus.Storage;
using BusIngest.Contracts.Orders;

namespace BusIngest.Workers.Orders.Storage;

/// <summary>Processes orders in SQLite, over the model of <see cref="OrdersContext"/>.</summary>
internal static class OrderStatements
{
    /// <summary>Processes the orders of a batch, all or none.</summary>
    /// <exception cref="SqliteFailureException">The database refuses one.</exception>
    public static BatchResult ProcessAll(this SqliteSession session, ClaimedBatch claimed) =>
        new() { Processed = session.Process(claimed, claimed.Batch.First, claimed.Batch.Last) };

    /// <summary>Processes the orders of a batch, and gives up those that the database refuses: they are halved until they are found.</summary>
    public static BatchResult ProcessEach(this SqliteSession session, ClaimedBatch claimed)
    {
        var result = new BatchResult();
        session.ProcessOrHalve(claimed, claimed.Batch.First, claimed.Batch.Last, result);
        return result;
    }

    private static void ProcessOrHalve(this SqliteSession session, ClaimedBatch claimed, long first, long last, BatchResult result)
    {
        try
        {
            // A statement that fails leaves nothing behind.
            result.Processed += session.Process(claimed, first, last);
        }
        catch (SqliteFailureException exception) when (!exception.IsStorageFailure)
        {
            if (first == last)
            {
                session.GiveUp(claimed, first);
                result.Failed++;
                result.Error = exception.Message;
                return;
            }

            var middle = first + ((last - first) / 2);
            session.ProcessOrHalve(claimed, first, middle, result);
            session.ProcessOrHalve(claimed, middle + 1, last, result);
        }
    }

    private static int Process(this SqliteSession session, ClaimedBatch claimed, long first, long last) => session
        .Statement("""
            UPDATE orders SET status = 'processado', observacoes = ?4, processed_at = ?5
            WHERE seq BETWEEN ?1 AND ?2 AND priority = ?3 AND status <> 'processado'
            """)
        .Bind(1, first).Bind(2, last).Bind(3, claimed.Priority.Written()).Bind(4, claimed.Observacoes).Bind(5, claimed.ProcessedAt.ToUnixTimeMilliseconds())
        .Execute();

    private static void GiveUp(this SqliteSession session, ClaimedBatch claimed, long order) => session
        .Statement("UPDATE orders SET status = 'falhou', processed_at = ?2 WHERE seq = ?1")
        .Bind(1, order).Bind(2, claimed.ProcessedAt.ToUnixTimeMilliseconds())
        .Execute();
}
