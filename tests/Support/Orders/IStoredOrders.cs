namespace BusIngest.Support.Orders;

/// <summary>The orders in the database, whichever it is.</summary>
public interface IStoredOrders
{
    /// <summary>Has the database note each order whenever it becomes processed, from now on.</summary>
    Task NoteAsync(CancellationToken cancellationToken);

    /// <summary>What is stored of a run.</summary>
    Task<OrderRows> ReadAsync(Guid runId, CancellationToken cancellationToken);
}
