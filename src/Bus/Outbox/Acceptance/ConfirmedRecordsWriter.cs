using BusIngest.Bus.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BusIngest.Bus.Outbox.Acceptance;

/// <summary>Writes what the lane has confirmed, twice a second and at the end.</summary>
internal sealed class ConfirmedRecordsWriter(ConfirmedRecords confirmed, TimeProvider time, ILogger<ConfirmedRecordsWriter> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryWriteAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await TryWriteAsync(stoppingToken);
    }

    private async Task TryWriteAsync(CancellationToken cancellationToken)
    {
        try
        {
            await confirmed.WriteAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is StorageUnavailableException or OperationCanceledException)
        {
            logger.LogDebug(exception, "What the lane has confirmed is counted later");
        }
    }
}
