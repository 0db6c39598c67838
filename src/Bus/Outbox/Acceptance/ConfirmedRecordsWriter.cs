using BusIngest.Bus.Storage;
using BusIngest.Bus.Supervision;
using Microsoft.Extensions.Logging;

namespace BusIngest.Bus.Outbox.Acceptance;

/// <summary>Writes what the lane has confirmed, twice a second and at the end.</summary>
internal sealed class ConfirmedRecordsWriter(ConfirmedRecords confirmed, Supervisor supervisor, ILogger<ConfirmedRecordsWriter> logger)
    : SupervisedService(supervisor, "confirmed-records")
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await confirmed.WriteAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is StorageUnavailableException or OperationCanceledException)
        {
            logger.LogWarning("What the lane has confirmed last is not counted: {Reason}", exception.Message);
        }
    }

    /// <inheritdoc />
    protected override Task RunAsync(BackgroundLoop loop, CancellationToken stopping) => loop.EveryAsync(Period, confirmed.WriteAsync, stopping, atOnce: false);
}
