using BusIngest.Bus.Outbox;
using BusIngest.Bus.Storage;
using BusIngest.Contracts.Orders;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BusIngest.Workers.Orders.Steering;

/// <summary>A queue that was closed is open again once a process with workers starts.</summary>
internal sealed class ReopenAtStart(IMainDatabase database, IOutbox outbox, TimeProvider time, ILogger<ReopenAtStart> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await ReopenAsync(stoppingToken);
                return;
            }
            catch (Exception exception) when (exception is StorageUnavailableException or OutboxUnavailableException)
            {
                logger.LogDebug(exception, "Whether the queue of the orders is closed can't be told now");
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }

    private async Task ReopenAsync(CancellationToken cancellationToken)
    {
        await using var orders = new OrdersContext(database);
        var queue = await orders.ReadAsync(() => orders.Queue.SingleAsync(cancellationToken));
        if (queue.Closed)
            await outbox.PublishAsync(new SteerOrders(Paused: null, Closed: false), cancellationToken);
    }
}
