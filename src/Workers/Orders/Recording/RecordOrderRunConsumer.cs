using BusIngest.Bus.Delivery;
using BusIngest.Contracts.Orders;
using BusIngest.Workers.Orders.Storage;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace BusIngest.Workers.Orders.Recording;

/// <summary>Writes the history of runs, and their log.</summary>
internal sealed class RecordOrderRunConsumer(OrdersOptions options, TimeProvider time, ILogger<RecordOrderRunConsumer> logger)
    : IConsumer<OrderRunAdvanced>
{
    public Task Consume(ConsumeContext<OrderRunAdvanced> context)
    {
        var line = OrderLog.OfPhase(context.Message.Facts, time.GetUtcMilliseconds());
        var transaction = context.Transaction();
        transaction.Record(context.Message.Facts);
        if (options.Logs || line.Level is not OrderLog.Info)
        {
            transaction.Log(line);
            logger.Log(line.Level is OrderLog.Info ? LogLevel.Information : LogLevel.Warning, "{Line}", line.Message);
        }

        // In any case: what goes wrong is logged by others, too.
        transaction.TrimLog();
        return Task.CompletedTask;
    }
}
