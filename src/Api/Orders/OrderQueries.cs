using BusIngest.Api.Hosting;
using BusIngest.Contracts.Orders;
using BusIngest.Workers.Orders;
using BusIngest.Workers.Orders.Storage;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Api.Orders;

/// <summary>Lists orders of a run.</summary>
internal sealed class OrderQueries(OrdersContext context)
{
    /// <summary>A page, in the order of generation.</summary>
    /// <param name="run">The run's number.</param>
    /// <param name="page">Which page.</param>
    /// <param name="status">One of <see cref="OrderNames.Statuses"/>; null: all.</param>
    /// <param name="priority">One of <see cref="OrderNames.Priorities"/>; null: both.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public async Task<OrderPage> ListAsync(long run, PageRequest page, string? status, string? priority, CancellationToken cancellationToken)
    {
        var rows = new List<Order>();
        foreach (var (first, last) in await RangesAsync(run, status, priority, cancellationToken))
        {
            if (rows.Count == page.Rows)
                break;
            if (page.After is not { } after || after < last)
                rows.AddRange(await ReadAsync(Math.Max(first, (page.After ?? 0) + 1), last, page.Rows - rows.Count, status, priority, cancellationToken));
        }

        var next = page.Cut(rows, row => row.Seq);
        return new OrderPage([.. rows.Select(OrderView.Of)], next);
    }

    /// <summary>Whether a run has any orders: a reset wipes them.</summary>
    /// <param name="run">The run's number.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public Task<bool> ExistsAsync(long run, CancellationToken cancellationToken)
    {
        var (first, last) = (OrderRange.First(run), OrderRange.Last(run));
        return context.ReadAsync(() => context.Orders.AnyAsync(x => x.Seq >= first && x.Seq <= last, cancellationToken));
    }

    /// <summary>Where such orders may be: a few of a million are found by their batches, without looking at all the others.</summary>
    private async Task<IReadOnlyList<(long First, long Last)>> RangesAsync(
        long run, string? status, string? priority, CancellationToken cancellationToken)
    {
        var (first, last) = (OrderRange.First(run), OrderRange.Last(run));
        var batches = context.Batches.Where(x => x.First >= first && x.First <= last);
        if (status is OrderNames.Failed)
            batches = batches.Where(x => x.Failed > 0);
        else if (status is OrderNames.Pending && await IsEnqueuedAsync(batches, cancellationToken))
            batches = batches.Where(x => x.Processed + x.Failed < x.Size);
        else if (priority is null || !string.Equals(priority, OrderPriority.Vip.Written(), StringComparison.Ordinal))
            return [(first, last)];

        if (priority is not null)
            batches = batches.Where(x => x.Priority == priority);
        var ranges = await context.ReadAsync(() =>
            batches.OrderBy(x => x.First).Select(x => new { x.First, x.Last }).ToListAsync(cancellationToken));
        return Merge(ranges.Select(range => (range.First, range.Last)));
    }

    /// <summary>Whether every order is in a batch: the NORMAL ones are enqueued all at once.</summary>
    private Task<bool> IsEnqueuedAsync(IQueryable<OrderBatch> batches, CancellationToken cancellationToken)
    {
        var normal = OrderPriority.Normal.Written();
        return context.ReadAsync(() => batches.AnyAsync(x => x.Priority == normal, cancellationToken));
    }

    private Task<List<Order>> ReadAsync(
        long first, long last, int limit, string? status, string? priority, CancellationToken cancellationToken)
    {
        var orders = context.Orders.Where(x => x.Seq >= first && x.Seq <= last);
        if (status is not null)
            orders = orders.Where(x => x.Status == status);
        if (priority is not null)
            orders = orders.Where(x => x.Priority == priority);
        return context.ReadAsync(() => orders.OrderBy(x => x.Seq).Take(limit).ToListAsync(cancellationToken));
    }

    /// <summary>Makes ranges one that overlap, as those of VIP batches do with those of NORMAL ones.</summary>
    /// <param name="ranges">By their first number.</param>
    private static List<(long First, long Last)> Merge(IEnumerable<(long First, long Last)> ranges)
    {
        var merged = new List<(long First, long Last)>();
        foreach (var range in ranges)
        {
            if (merged.Count > 0 && range.First <= merged[^1].Last + 1)
                merged[^1] = (merged[^1].First, Math.Max(merged[^1].Last, range.Last));
            else
                merged.Add(range);
        }

        return merged;
    }
}
