using BusIngest.Workers.Orders;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Api.Orders;

/// <summary>Reads the history of runs, and their log.</summary>
internal sealed class RunQueries(OrdersContext context, TimeProvider time)
{
    /// <summary>The newest runs, newest first.</summary>
    public async Task<RunList> ListAsync(int limit, CancellationToken cancellationToken)
    {
        var runs = await context.ReadAsync(() => context.Runs.OrderByDescending(x => x.Run).Take(limit).ToListAsync(cancellationToken));
        var now = time.GetUtcNow();
        return new RunList([.. runs.Select(run => RunView.Of(run, now))]);
    }

    /// <summary>One run; null when there is none of this id.</summary>
    public async Task<RunView?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        await context.ReadAsync(() => context.Runs.SingleOrDefaultAsync(x => x.Id == id, cancellationToken)) is { } run
            ? RunView.Of(run, time.GetUtcNow())
            : null;

    /// <summary>The newest lines of each level.</summary>
    public async Task<OrderLogPage> LogAsync(int lines, CancellationToken cancellationToken) => new(
        await LogAsync("info", lines, cancellationToken),
        await LogAsync("warn", lines, cancellationToken),
        await LogAsync("error", lines, cancellationToken));

    private async Task<IReadOnlyList<string>> LogAsync(string level, int lines, CancellationToken cancellationToken)
    {
        var newest = await context.ReadAsync(() =>
            context.Log.Where(x => x.Level == level).OrderByDescending(x => x.Seq).Take(lines).ToListAsync(cancellationToken));
        return [.. Enumerable.Reverse(newest).Select(OrderLogPage.Show)];
    }
}
