using BusIngest.Bus.Inbox;
using BusIngest.Bus.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BusIngest.Bus.Delivery;

/// <summary>Deletes marks that are past their retention, a few at a time so that consumers hardly notice.</summary>
internal sealed class MarkCleanup(MainDatabase database, InboxOptions options, TimeProvider time, ILogger<MarkCleanup> logger)
    : BackgroundService
{
    private const int BatchRows = 2_000;
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    /// <summary>Deletes all that are due now.</summary>
    /// <returns>How many.</returns>
    public async Task<int> CleanAsync(CancellationToken cancellationToken)
    {
        var total = 0;
        int deleted;
        do
        {
            var olderThan = time.GetUtcNow() - options.MarkRetention;
            deleted = await database.Writer.WriteAsync(BatchRows, session => session.DeleteMarks(olderThan, BatchRows), cancellationToken);
            total += deleted;
        }
        while (deleted == BatchRows);
        return total;
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await CleanAsync(stoppingToken);
            }
            catch (StorageUnavailableException exception)
            {
                logger.LogWarning("Old marks can't be deleted yet: {Reason}", exception.Message);
            }
        }
    }
}
