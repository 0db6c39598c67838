using BusIngest.Bus.Storage;
using BusIngest.Contracts.Orders;
using BusIngest.Workers.Orders.Storage;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Workers.Orders.Steering;

/// <summary>Lets the queue run or stand. When it runs again, what waits is announced anew: its messages were passed over meanwhile.</summary>
internal sealed class SwitchOrdersConsumer(OrdersContext orders, IMainDatabase database) : IConsumer<SwitchOrders>
{
    public async Task Consume(ConsumeContext<SwitchOrders> context)
    {
        // On disk before it is looked for what waits: whatever is passed over until then is found.
        await database.WriteAsync(1, session => session.Set(context.Message), batch => batch.Set(context.Message), context.CancellationToken);
        var queue = await orders.ReadAsync(() => orders.Queue.SingleAsync(context.CancellationToken));
        if (queue.Paused || queue.Closed)
            return;

        var waiting = await orders.ReadAsync(() =>
            orders.Batches.Where(x => x.Run > queue.HaltedRun && x.State == OrderJobStates.Waiting).OrderBy(x => x.First).ToListAsync(context.CancellationToken));
        await context.AnnounceAsync(waiting);
    }
}
