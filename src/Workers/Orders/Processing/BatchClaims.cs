using BusIngest.Bus.Storage;
using BusIngest.Contracts.Orders;
using BusIngest.Workers.Orders.Storage;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Workers.Orders.Processing;

/// <summary>Takes batches in hand, which is on disk before anything is done with them.</summary>
internal sealed class BatchClaims(IMainDatabase database, TimeProvider time)
{
    /// <summary>Takes a batch in hand.</summary>
    /// <returns>
    /// Null when it is settled or gone, and when the queue or its run stands: the message is then done with, and whoever lets the queue run
    /// announces what waits anew.
    /// </returns>
    /// <exception cref="StorageUnavailableException">The database is away.</exception>
    public async Task<ClaimedBatch?> TryAsync(IOrderBatchMessage message, CancellationToken cancellationToken)
    {
        if (await FindAsync(message, cancellationToken) is not { } found)
            return null;

        var claimed = new ClaimedBatch(found, Guid.CreateVersion7(time.GetUtcNow()), time.GetUtcMilliseconds(found.NotBefore));
        var isHad = false;
        await database.WriteAsync(
            1,
            session => isHad = session.Claim(claimed),
            batch => batch.Claim(claimed).Check(rows => isHad = rows == 1),
            cancellationToken);
        return isHad ? claimed : null;
    }

    private async Task<OrderBatch?> FindAsync(IOrderBatchMessage message, CancellationToken cancellationToken)
    {
        await using var orders = new OrdersContext(database);
        var batch = await orders.ReadAsync(() =>
            orders.Batches.SingleOrDefaultAsync(x => x.First == message.Batch && x.Run == message.Run, cancellationToken));
        return batch is { State: OrderJobStates.Waiting or OrderJobStates.Active } ? batch : null;
    }
}
