using BusIngest.Bus.Delivery;
using BusIngest.Bus.Storage;
using BusIngest.Contracts.Orders;
using BusIngest.Workers.Orders.Storage;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Workers.Orders.Steering;

/// <summary>Takes jobs that are over out of the listing, and those that are not out of the queue: then nobody waits for their orders any more.</summary>
internal sealed class CleanOrderJobsConsumer(OrdersContext orders, IMainDatabase database, TimeProvider time) : IConsumer<CleanOrderJobs>
{
    public async Task Consume(ConsumeContext<CleanOrderJobs> context)
    {
        var before = time.GetUtcMilliseconds().AddMilliseconds(-context.Message.GraceMs);
        var jobs = context.Message.State is OrderJobStates.Completed or OrderJobStates.Failed
            ? await HideAsync(context, before)
            : await RemoveAsync(context, before);
        await context.RespondAsync(new OrderJobsChanged(jobs));
    }

    private async Task<int> HideAsync(ConsumeContext<CleanOrderJobs> context, DateTimeOffset before)
    {
        var (message, deadline, hidden) = (context.Message, context.Transaction().Deadline, 0);
        await database.WriteAsync(
            1,
            session =>
            {
                deadline?.ThrowIfPast(time.GetUtcNow());
                hidden = session.Hide(message.Run, message.State, before, message.Limit);
            },
            batch =>
            {
                batch.Hide(message.Run, message.State, before, message.Limit).Check(rows => hidden = rows);
                deadline?.Check(batch);
            },
            context.CancellationToken);
        context.Transaction().MeetDeadline();
        return hidden;
    }

    private async Task<int> RemoveAsync(ConsumeContext<CleanOrderJobs> context, DateTimeOffset before)
    {
        var message = context.Message;
        var (first, last) = (OrderRange.First(message.Run), OrderRange.Last(message.Run));
        var batches = await orders.ReadAsync(() => orders.Batches
            .Where(x => x.First >= first && x.First <= last && x.State == message.State && x.ChangedAt <= before)
            .OrderBy(x => x.First).Take(message.Limit).ToListAsync(context.CancellationToken));
        if (batches.Count == 0)
            return 0;

        context.Transaction().Move(batches, OrderJobStates.Removed, time.GetUtcMilliseconds());
        await context.Publish(new OrdersRemoved(message.Run, Unsettled(batches, OrderPriority.Vip), Unsettled(batches, OrderPriority.Normal)));
        return batches.Count;
    }

    private static int Unsettled(IEnumerable<OrderBatch> batches, OrderPriority priority) => batches
        .Where(batch => batch.SettledAt is null && string.Equals(batch.Priority, priority.Written(), StringComparison.Ordinal))
        .Sum(batch => batch.Size);
}
