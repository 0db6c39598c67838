namespace BusIngest.Contracts.Orders;

/// <summary>A run stands still, and is tidied up.</summary>
/// <param name="Halt">The number of the halt.</param>
/// <param name="Purged">How many batches were taken from the queue.</param>
/// <param name="Removed">How many orders were deleted.</param>
/// <param name="DeletedRuns">How many runs of the history were deleted.</param>
public sealed record OrdersHalted(long Halt, int Purged, int Removed, int DeletedRuns);
