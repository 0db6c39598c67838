using BusIngest.Bus.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BusIngest.Bus.Copies;

/// <summary>
/// In a process that writes and notes no changes: says that copies are no longer kept, so that whoever keeps them later begins with all documents.
/// </summary>
internal sealed class EndFeedsAtStart(CopyFeeds feeds, TimeProvider time, ILogger<EndFeedsAtStart> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await feeds.EndAsync(stoppingToken);
                return;
            }
            catch (StorageUnavailableException exception)
            {
                logger.LogDebug(exception, "Whether copies were kept can't be told now");
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }
}
