using BusIngest.Bus.Delivery;
using BusIngest.Contracts.Orders;
using BusIngest.Workers.Orders.Storage;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Workers.Orders.Steering;

/// <summary>Puts batches with failed orders back into the queue, unless their run was stopped.</summary>
internal sealed class RetryFailedOrdersConsumer(OrdersContext orders, TimeProvider time) : IConsumer<RetryFailedOrders>
{
    public async Task Consume(ConsumeContext<RetryFailedOrders> context)
    {
        var queue = await orders.ReadAsync(() => orders.Queue.SingleAsync(context.CancellationToken));
        var (first, last) = (OrderRange.First(context.Message.Run), OrderRange.Last(context.Message.Run));
        var failed = await orders.ReadAsync(() => orders.Batches
            .Where(x => x.First >= first && x.First <= last && x.State == OrderJobStates.Failed && x.Run > queue.HaltedRun)
            .OrderBy(x => x.First).ToListAsync(context.CancellationToken));

        context.Transaction().Move(failed, OrderJobStates.Waiting, time.GetUtcMilliseconds());
        await context.AnnounceAsync(failed);
        await context.RespondAsync(new OrderJobsChanged(failed.Count));
    }
}
