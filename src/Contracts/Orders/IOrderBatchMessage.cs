namespace BusIngest.Contracts.Orders;

/// <summary>Has a batch of orders processed. The batch is a row; the message only says that it is its turn, so that a double does no harm.</summary>
public interface IOrderBatchMessage
{
    /// <summary>The run's number.</summary>
    long Run { get; }

    /// <summary>The batch: the number of its first order.</summary>
    long Batch { get; }
}
