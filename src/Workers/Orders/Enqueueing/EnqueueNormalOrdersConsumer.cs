using BusIngest.Bus.Delivery;
using BusIngest.Contracts.Orders;
using BusIngest.Workers.Orders.Storage;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Workers.Orders.Enqueueing;

/// <summary>Cuts the NORMAL orders of a run into batches and enqueues them, unless the run was stopped.</summary>
internal sealed class EnqueueNormalOrdersConsumer(OrdersContext orders, TimeProvider time) : IConsumer<EnqueueNormalOrders>
{
    public async Task Consume(ConsumeContext<EnqueueNormalOrders> context)
    {
        var (run, size) = (context.Message.Run, context.Message.BatchSize);
        if (await orders.ReadAsync(() => orders.Queue.AnyAsync(queue => queue.HaltedRun >= run, context.CancellationToken)))
            return;

        var now = time.GetUtcMilliseconds();
        // A time of its own, after that of the last VIP order, whatever the clock of the process is that processes it.
        var notBefore = await LastVipAsync(run, context.CancellationToken) is { } lastVip ? lastVip.AddMilliseconds(1) : now;
        var chunks = await ChunksAsync(run, context.CancellationToken);
        List<NewBatch> batches = [.. BatchCutter.Cut(chunks, size)
            .Select(cut => new NewBatch(run, OrderPriority.Normal, cut.First, cut.Last, cut.Size, notBefore, now))];

        context.Transaction().Enqueue(batches);
        foreach (var batch in batches)
            await context.Publish(new ProcessNormalOrders(run, batch.First));
        await context.Publish(new NormalOrdersEnqueued(run, batches.Sum(batch => batch.Size), batches.Count));
    }

    private Task<DateTimeOffset?> LastVipAsync(long run, CancellationToken cancellationToken)
    {
        var (first, last, vip) = (OrderRange.First(run), OrderRange.Last(run), OrderPriority.Vip.Written());
        return orders.ReadAsync(() => orders.Batches
            .Where(x => x.First >= first && x.First <= last && x.Priority == vip).MaxAsync(x => x.SettledAt, cancellationToken));
    }

    private Task<List<OrderChunk>> ChunksAsync(long run, CancellationToken cancellationToken)
    {
        var (first, last) = (OrderRange.First(run), OrderRange.Last(run));
        return orders.ReadAsync(() => orders.Chunks.Where(x => x.First >= first && x.First <= last).OrderBy(x => x.First).ToListAsync(cancellationToken));
    }
}
