namespace BusIngest.Contracts.Orders;

/// <summary>Asks to end a run, and to tidy up behind it. Answered by <see cref="OrdersHalting"/>.</summary>
/// <param name="Purge">Whether batches that wait are taken from the queue.</param>
/// <param name="RemovePending">Whether orders that are not processed are deleted.</param>
/// <param name="ResetLogs">Whether the log begins anew.</param>
public sealed record CancelOrders(bool Purge, bool RemovePending, bool ResetLogs);
