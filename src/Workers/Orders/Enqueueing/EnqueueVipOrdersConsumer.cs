using BusIngest.Contracts.Orders;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Workers.Orders.Enqueueing;

/// <summary>Counts what is stored of a run once its last chunk is. The batches of its VIP orders were enqueued with their chunks.</summary>
internal sealed class EnqueueVipOrdersConsumer(OrdersContext orders) : IConsumer<EnqueueVipOrders>
{
    public async Task Consume(ConsumeContext<EnqueueVipOrders> context)
    {
        var run = context.Message.Run;
        var (first, last) = (OrderRange.First(run), OrderRange.Last(run));
        var stored = await orders.ReadAsync(() => orders.Chunks
            .Where(x => x.First >= first && x.First <= last).SumAsync(x => x.Vip + x.Normal, context.CancellationToken));
        var vip = OrderPriority.Vip.Written();
        var enqueued = await orders.ReadAsync(() => orders.Batches
            .Where(x => x.First >= first && x.First <= last && x.Priority == vip).SumAsync(x => x.Size, context.CancellationToken));
        await context.Publish(new VipOrdersEnqueued(run, stored, enqueued));
    }
}
