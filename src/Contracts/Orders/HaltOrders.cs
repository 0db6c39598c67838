namespace BusIngest.Contracts.Orders;

/// <summary>Has a run stopped, if it is under way: what is in hand is finished, nothing is begun, and then it is tidied up.</summary>
/// <param name="Halt">The number of this halt.</param>
/// <param name="Run">The run's number.</param>
/// <param name="Stops">Whether it is under way, or wiped: then no message of this run or an earlier one has an effect any more.</param>
/// <param name="Purge">Whether batches that wait are taken from the queue.</param>
/// <param name="RemovePending">Whether the run's orders that are not processed are deleted.</param>
/// <param name="ResetLogs">Whether the log begins anew.</param>
/// <param name="Wipe">Whether all orders, batches and chunks go.</param>
/// <param name="History">With <paramref name="Wipe"/>: whether the history of runs goes as well.</param>
public sealed record HaltOrders(long Halt, long Run, bool Stops, bool Purge, bool RemovePending, bool ResetLogs, bool Wipe, bool History);
