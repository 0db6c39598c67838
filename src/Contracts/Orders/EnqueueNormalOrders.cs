namespace BusIngest.Contracts.Orders;

/// <summary>Has the NORMAL orders of a run cut into batches and enqueued. Sent once its last VIP order is settled, and never before.</summary>
/// <param name="Run">The run's number.</param>
/// <param name="BatchSize">The most orders of a batch, at least 1.</param>
/// <param name="LastVipAt">When the last VIP order was processed; null when there was none. No NORMAL order bears an earlier time, whatever
/// the clock of the process is that processes it.</param>
public sealed record EnqueueNormalOrders(long Run, int BatchSize, DateTimeOffset? LastVipAt);
