namespace BusIngest.Contracts.Orders;

/// <summary>What is stored of a run when the last chunk is.</summary>
/// <param name="Run">The run's number.</param>
/// <param name="Orders">How many orders are stored.</param>
/// <param name="VipOrders">How many VIP orders are in batches.</param>
public sealed record VipOrdersEnqueued(long Run, int Orders, int VipOrders);
