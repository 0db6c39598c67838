using BusIngest.Workers.Orders.Storage;

namespace BusIngest.Api.Orders;

/// <summary>Jobs, in the order of their orders.</summary>
/// <param name="Jobs">The jobs.</param>
internal sealed record OrderJobList(IReadOnlyList<OrderJob> Jobs);

/// <summary>A job: one batch of orders.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Priority">VIP or NORMAL.</param>
/// <param name="State">waiting, active, completed or failed.</param>
/// <param name="Size">How many orders it has.</param>
/// <param name="Processed">How many are processed.</param>
/// <param name="Failed">How many failed at every try.</param>
/// <param name="Attempts">How often it was taken in hand.</param>
/// <param name="Error">What was wrong with the last order that failed; null when none did.</param>
/// <param name="ChangedAt">Since when it is in its state.</param>
internal sealed record OrderJob(
    long Id, string Priority, string State, int Size, int Processed, int Failed, int Attempts, string? Error, DateTimeOffset ChangedAt)
{
    /// <summary>A row.</summary>
    public static OrderJob Of(OrderBatch batch) => new(
        batch.First, batch.Priority, batch.State, batch.Size, batch.Processed, batch.Failed, batch.Attempts, batch.Error, batch.ChangedAt);
}
