using BusIngest.Bus.Copies;
using BusIngest.Bus.Delivery;
using BusIngest.Bus.Storage;
using BusIngest.Contracts.Orders;
using BusIngest.Workers.Orders.Copies;
using BusIngest.Workers.Orders.Recording;
using BusIngest.Workers.Orders.Storage;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Workers.Orders.Steering;

/// <summary>
/// Stops a run that is under way: nothing of it begins any more, what is in hand is finished, and then it is tidied up. Whoever hangs is not waited for: his
/// batch is put back, and what he still does to it does not count. Each step may be done again.
/// </summary>
internal sealed class HaltOrdersConsumer(OrdersContext orders, IMainDatabase database, DocumentChanges changes, TimeProvider time)
    : IConsumer<HaltOrders>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Numbers of orders that are deleted at a time, so that nobody waits long for his turn to write.</summary>
    private const int Slice = 20_000;

    public async Task Consume(ConsumeContext<HaltOrders> context)
    {
        var (halt, cancellationToken) = (context.Message, context.CancellationToken);
        if (halt.Stops)
            await StopAsync(halt.Run, cancellationToken);

        var now = time.GetUtcMilliseconds();
        var purged = halt.Purge ? await PurgeAsync(halt.Run, now, cancellationToken) : 0;
        var removed = halt.Wipe
            ? await WipeAsync(halt.Run, cancellationToken)
            : halt.RemovePending ? await RemovePendingAsync(halt.Run, cancellationToken) : 0;
        var deletedRuns = halt.History ? await ForgetAsync(halt.Run, cancellationToken) : 0;
        if (halt.ResetLogs)
            context.Transaction().Write(1, session => session.ClearLog(), batch => batch.ClearLog());
        await context.Publish(new OrdersHalted(halt.Halt, purged, removed, deletedRuns));
    }

    private async Task StopAsync(long run, CancellationToken cancellationToken)
    {
        await database.WriteAsync(1, session => session.Halt(run), batch => batch.Halt(run), cancellationToken);
        await WaitUntilIdleAsync(run, cancellationToken);
        var now = time.GetUtcMilliseconds();
        await database.WriteAsync(1, session => session.PutBack(run, now), batch => batch.PutBack(run, now), cancellationToken);
    }

    private async Task WaitUntilIdleAsync(long run, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        var (first, last) = (OrderRange.First(run), OrderRange.Last(run));
        while (time.GetElapsedTime(begun) < Patience && await orders.ReadAsync(() => orders.Batches.AnyAsync(
            x => x.First >= first && x.First <= last && x.State == OrderJobStates.Active, cancellationToken)))
        {
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private async Task<int> PurgeAsync(long run, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var purged = 0;
        await database.WriteAsync(
            1, session => purged = session.Purge(run, now), batch => batch.Purge(run, now).Check(rows => purged = rows), cancellationToken);
        return purged;
    }

    private async Task<int> RemovePendingAsync(long run, CancellationToken cancellationToken)
    {
        var (removed, end) = (0, OrderRange.Last(run));
        var last = await orders.ReadAsync(() => orders.Orders.Where(x => x.Seq <= end).MaxAsync(x => (long?)x.Seq, cancellationToken)) ?? 0;
        for (var first = OrderRange.First(run); first <= last; first += Slice)
        {
            var from = first;
            await database.WriteAsync(
                Slice,
                session =>
                {
                    removed += session.DeletePending(from, from + Slice - 1);
                    changes.Note(session, OrderDocuments.Name, from, from + Slice - 1);
                },
                batch =>
                {
                    batch.DeletePending(from, from + Slice - 1).Check(rows => removed += rows);
                    changes.Note(batch, OrderDocuments.Name, from, from + Slice - 1);
                },
                cancellationToken);
        }

        return removed;
    }

    private async Task<int> WipeAsync(long run, CancellationToken cancellationToken)
    {
        var stored = await orders.ReadAsync(() => orders.Orders.CountAsync(cancellationToken));
        await database.WriteAsync(
            1,
            session =>
            {
                // What the history says of the run has to be summed up before.
                session.CountRun(run);
                session.Wipe();
                changes.Note(session, OrderDocuments.Name, 0, OrderRange.Last(run));
            },
            batch =>
            {
                batch.CountRun(run);
                batch.Wipe();
                changes.Note(batch, OrderDocuments.Name, 0, OrderRange.Last(run));
            },
            cancellationToken);
        return stored;
    }

    private async Task<int> ForgetAsync(long run, CancellationToken cancellationToken)
    {
        var deleted = 0;
        await database.WriteAsync(
            1, session => deleted = session.Forget(run), batch => batch.Forget(run).Check(rows => deleted = rows), cancellationToken);
        return deleted;
    }
}
