namespace BusIngest.Contracts.Orders;

/// <summary>Has it checked that all orders of a run are stored, and every VIP one of them is in a batch.</summary>
/// <param name="Run">The run's number.</param>
/// <param name="Quantity">How many orders there have to be.</param>
public sealed record EnqueueVipOrders(long Run, int Quantity);
