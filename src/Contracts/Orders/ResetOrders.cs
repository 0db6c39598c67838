namespace BusIngest.Contracts.Orders;

/// <summary>Asks to wipe orders, batches and the state of the last run, ending it first if it is under way. Answered by <see cref="OrdersHalting"/>.</summary>
/// <param name="History">Whether the history of runs goes as well.</param>
public sealed record ResetOrders(bool History);
