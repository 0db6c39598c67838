namespace BusIngest.Contracts.Orders;

/// <summary>Asks to put batches back that have been in hand for too long, and to announce those anew that wait. Answered by <see cref="OrderJobsChanged"/>.</summary>
/// <param name="Run">The run's number.</param>
/// <param name="MaxJobs">The most, at least 1.</param>
public sealed record RecoverStuckOrders(long Run, int MaxJobs);
