using BusIngest.Bus.Outbox;
using BusIngest.Bus.Storage;
using BusIngest.Bus.Supervision;
using BusIngest.Contracts.Orders;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Workers.Orders.Steering;

/// <summary>A queue that was closed is open again once a process with workers starts.</summary>
internal sealed class ReopenAtStart(IMainDatabase database, IOutbox outbox, Supervisor supervisor) : SupervisedService(supervisor, "orders-reopening")
{
    /// <inheritdoc />
    protected override Task RunAsync(BackgroundLoop loop, CancellationToken stopping) => loop.DoAsync(() => ReopenAsync(stopping));

    private async Task ReopenAsync(CancellationToken cancellationToken)
    {
        await using var orders = new OrdersContext(database);
        var queue = await orders.ReadAsync(() => orders.Queue.SingleAsync(cancellationToken));
        if (queue.Closed)
            await outbox.PublishAsync(new SteerOrders(Paused: null, Closed: false), cancellationToken);
    }
}
