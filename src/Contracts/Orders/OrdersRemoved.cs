namespace BusIngest.Contracts.Orders;

/// <summary>Batches were taken from the queue by hand: their orders stay as they are, and nobody waits for them any more.</summary>
/// <param name="Run">The run's number.</param>
/// <param name="VipOrders">How many VIP orders.</param>
/// <param name="NormalOrders">How many others.</param>
public sealed record OrdersRemoved(long Run, int VipOrders, int NormalOrders);
