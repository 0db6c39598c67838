using BusIngest.Bus.Idempotency;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BusIngest.Bus.Delivery;

/// <summary>Deletes marks and idempotency keys that are past their retention, a few at a time so that consumers hardly notice.</summary>
internal sealed class Housekeeping(MainDatabase database, InboxOptions options, TimeProvider time, ILogger<Housekeeping> logger)
    : BackgroundService
{
    private const int BatchRows = 2_000;
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await CleanAsync(session => session.DeleteMarks(time.GetUtcNow() - options.MarkRetention, BatchRows), stoppingToken);
                await CleanAsync(session => session.DeleteKeys(time.GetUtcNow() - IdempotencyKeys.Retention, BatchRows), stoppingToken);
            }
            catch (StorageUnavailableException exception)
            {
                logger.LogWarning("Old marks can't be deleted yet: {Reason}", exception.Message);
            }
        }
    }

    private async Task CleanAsync(Func<SqliteSession, int> delete, CancellationToken cancellationToken)
    {
        while (await database.Writer.WriteAsync(BatchRows, delete, cancellationToken) == BatchRows)
            await Task.Yield();
    }
}
