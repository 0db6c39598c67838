namespace BusIngest.Contracts.Orders;

/// <summary>Has the NORMAL orders of a run cut into batches and enqueued. Sent once its last VIP order is settled, and never before.</summary>
/// <param name="Run">The run's number.</param>
/// <param name="BatchSize">The most orders of a batch, at least 1.</param>
public sealed record EnqueueNormalOrders(long Run, int BatchSize);
