namespace BusIngest.Contracts.Orders;

/// <summary>A batch is settled for the first time: each of its orders is processed, or has failed at every try.</summary>
/// <param name="Run">The run's number.</param>
/// <param name="Batch">The batch.</param>
/// <param name="Priority">Its priority.</param>
/// <param name="Orders">How many orders.</param>
public sealed record OrdersProcessed(long Run, long Batch, OrderPriority Priority, int Orders);
