namespace BusIngest.Contracts.Orders;

/// <summary>The NORMAL orders of a run are enqueued.</summary>
/// <param name="Run">The run's number.</param>
/// <param name="Orders">How many orders are in batches.</param>
/// <param name="Batches">In how many.</param>
public sealed record NormalOrdersEnqueued(long Run, int Orders, int Batches);
