using BusIngest.Bus.Storage;
using BusIngest.Bus.Supervision;
using BusIngest.Contracts.Orders;
using BusIngest.Workers.Orders.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace BusIngest.Workers.Orders.Recording;

/// <summary>Logs now and then how far the run is. Of several processes that do, one at a time writes the line.</summary>
internal sealed class ProgressLog(IMainDatabase database, OrdersOptions options, TimeProvider time, ILogger<ProgressLog> logger, Supervisor supervisor)
    : SupervisedService(supervisor, "orders-progress")
{
    /// <inheritdoc />
    protected override Task RunAsync(BackgroundLoop loop, CancellationToken stopping) =>
        options.Logs ? loop.EveryAsync(options.LogProgressEvery, LogAsync, stopping, atOnce: false) : Task.CompletedTask;

    private async Task LogAsync(CancellationToken cancellationToken)
    {
        await using var orders = new OrdersContext(database);
        var run = await orders.ReadAsync(() => orders.Runs.OrderByDescending(x => x.Run).FirstOrDefaultAsync(cancellationToken));
        if (run is null || run.EndedAt is not null)
            return;

        var (first, last) = (OrderRange.First(run.Run), OrderRange.Last(run.Run));
        var generated = await orders.ReadAsync(() =>
            orders.Chunks.Where(x => x.First >= first && x.First <= last).SumAsync(x => x.Vip + x.Normal, cancellationToken));
        var processed = await orders.ReadAsync(() =>
            orders.Batches.Where(x => x.First >= first && x.First <= last).SumAsync(x => x.Processed, cancellationToken));

        var now = time.GetUtcMilliseconds();
        var line = OrderLog.OfProgress(run, generated, processed, now);
        logger.LogInformation("{Line}", line.Message);
        var since = now - (options.LogProgressEvery / 2);
        await database.WriteAsync(1, session => session.LogUnlessSince(line, since), batch => batch.LogUnlessSince(line, since), cancellationToken);
    }
}
