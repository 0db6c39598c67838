using BusIngest.Contracts.Orders;
using BusIngest.Workers.Orders.Generating;

namespace BusIngest.Workers.Orders.Storage;

/// <summary>A batch that is to be enqueued.</summary>
/// <param name="Run">The run's number.</param>
/// <param name="Priority">The priority of its orders; those of the other one in between are not of it.</param>
/// <param name="First">The number of its first order.</param>
/// <param name="Last">The number of its last order.</param>
/// <param name="Size">How many orders it has.</param>
/// <param name="NotBefore">No earlier time is given to its orders.</param>
/// <param name="EnqueuedAt">Now.</param>
internal sealed record NewBatch(
    long Run, OrderPriority Priority, long First, long Last, int Size, DateTimeOffset NotBefore, DateTimeOffset EnqueuedAt)
{
    /// <summary>The VIP orders of a chunk.</summary>
    public static NewBatch OfVip(GeneratedChunk chunk) => new(
        chunk.Run, OrderPriority.Vip, chunk.First, chunk.First + chunk.Vip - 1, chunk.Vip, chunk.GeneratedAt, chunk.GeneratedAt);
}
