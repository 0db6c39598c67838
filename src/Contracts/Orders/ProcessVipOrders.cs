namespace BusIngest.Contracts.Orders;

/// <summary>Has a batch of VIP orders processed.</summary>
/// <param name="Run">The run's number.</param>
/// <param name="Batch">The number of the batch's first order.</param>
public sealed record ProcessVipOrders(long Run, long Batch) : IOrderBatchMessage;
