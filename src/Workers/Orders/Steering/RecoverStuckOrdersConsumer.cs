using BusIngest.Bus.Delivery;
using BusIngest.Contracts.Orders;
using BusIngest.Workers.Orders.Storage;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Workers.Orders.Steering;

/// <summary>
/// Puts batches back that have been in hand for too long: whoever hangs with one can't settle it any more. Those that have waited for too long
/// are announced anew.
/// </summary>
internal sealed class RecoverStuckOrdersConsumer(OrdersContext orders, OrdersOptions options, TimeProvider time) : IConsumer<RecoverStuckOrders>
{
    public async Task Consume(ConsumeContext<RecoverStuckOrders> context)
    {
        var now = time.GetUtcMilliseconds();
        var before = now - options.StuckAfter;
        var queue = await orders.ReadAsync(() => orders.Queue.SingleAsync(context.CancellationToken));
        var isStanding = queue.Paused || queue.Closed;
        var (first, last) = (OrderRange.First(context.Message.Run), OrderRange.Last(context.Message.Run));
        var stuck = await orders.ReadAsync(() => orders.Batches
            .Where(x => x.First >= first && x.First <= last && x.Run > queue.HaltedRun && x.ChangedAt <= before)
            .Where(x => x.State == OrderJobStates.Active || (x.State == OrderJobStates.Waiting && !isStanding))
            .OrderBy(x => x.First).Take(context.Message.MaxJobs).ToListAsync(context.CancellationToken));

        context.Transaction().Move(stuck, OrderJobStates.Waiting, now);
        await context.AnnounceAsync(stuck);
        await context.RespondAsync(new OrderJobsChanged(stuck.Count));
    }
}
