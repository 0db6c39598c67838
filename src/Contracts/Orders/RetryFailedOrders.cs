namespace BusIngest.Contracts.Orders;

/// <summary>Asks to have orders that failed processed again, with their batches. Answered by <see cref="OrderJobsChanged"/>.</summary>
/// <param name="Run">The run's number.</param>
public sealed record RetryFailedOrders(long Run);
