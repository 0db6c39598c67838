using BusIngest.Contracts.Orders;
using BusIngest.Workers.Orders;
using BusIngest.Workers.Orders.Storage;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Api.Orders;

/// <summary>Reads the jobs of the last run. Those that were taken out are none any more.</summary>
internal sealed class QueueQueries(OrdersContext context, OrdersReader reader)
{
    /// <summary>The queue now.</summary>
    public async Task<QueueState> StateAsync(CancellationToken cancellationToken)
    {
        var run = await reader.RunAsync(cancellationToken);
        var (first, last) = (OrderRange.First(run.Facts.Run), OrderRange.Last(run.Facts.Run));
        var states = await context.ReadAsync(() => Jobs(run.Facts.Run)
            .GroupBy(x => x.State)
            .Select(jobs => new JobsInState(jobs.Key, jobs.Count(), jobs.Min(x => x.ChangedAt), jobs.Max(x => x.ChangedAt)))
            .ToListAsync(cancellationToken));
        var chunkAt = await context.ReadAsync(() =>
            context.Chunks.Where(x => x.First >= first && x.First <= last).MaxAsync(x => (DateTimeOffset?)x.GeneratedAt, cancellationToken));
        return new QueueState(run.Facts, run.Paused || run.Closed, states, chunkAt);
    }

    /// <summary>Jobs in the order of their orders.</summary>
    /// <param name="types">Some of <see cref="OrderJobTypes.All"/>.</param>
    /// <param name="start">The place of the first one, from 0.</param>
    /// <param name="end">The place of the last one.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public async Task<OrderJobList> ListAsync(IReadOnlyList<string> types, int start, int end, CancellationToken cancellationToken)
    {
        var run = await reader.RunAsync(cancellationToken);
        List<string> states = [.. types.Select(type => OrderJobTypes.State(type, run.Paused || run.Closed)).OfType<string>().Distinct(StringComparer.Ordinal)];
        var jobs = await context.ReadAsync(() => Jobs(run.Facts.Run)
            .Where(x => states.Contains(x.State))
            .OrderBy(x => x.First).Skip(start).Take(end - start + 1).ToListAsync(cancellationToken));
        return new OrderJobList([.. jobs.Select(OrderJob.Of)]);
    }

    private IQueryable<OrderBatch> Jobs(long run)
    {
        var (first, last) = (OrderRange.First(run), OrderRange.Last(run));
        return context.Batches.Where(x => x.First >= first && x.First <= last && !x.Hidden && x.State != OrderJobStates.Removed);
    }
}
