using BusIngest.Bus.Idempotency;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BusIngest.Bus.Delivery;

/// <summary>Deletes marks and idempotency keys that are past their retention, a few at a time so that consumers hardly notice.</summary>
internal sealed class Housekeeping(
    IRetiredRows rows,
    SqliteInbox inbox,
    IOutgoing outgoing,
    InboxOptions options,
    TimeProvider time,
    ILogger<Housekeeping> logger) : BackgroundService
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
                var (mark, key) = (await OldestNeededMarkAsync(stoppingToken), time.GetUtcNow() - IdempotencyKeys.Retention);
                await CleanAsync(() => rows.DeleteMarksAsync(mark, BatchRows, stoppingToken));
                await CleanAsync(() => rows.DeleteKeysAsync(key, BatchRows, stoppingToken));
            }
            catch (Exception exception) when (exception is StorageUnavailableException or SqliteFailureException)
            {
                logger.LogWarning("Old marks can't be deleted yet: {Reason}", exception.Message);
            }
        }
    }

    /// <summary>A message that still waits, for another endpoint perhaps, may be delivered again, however old it is.</summary>
    private async Task<DateTimeOffset> OldestNeededMarkAsync(CancellationToken cancellationToken)
    {
        var oldest = time.GetUtcNow() - options.MarkRetention;
        foreach (var waiting in new[] { inbox.OldestAcceptedAt(), await outgoing.OldestAsync(cancellationToken) })
        {
            if (waiting < oldest)
                oldest = waiting.Value;
        }

        return oldest;
    }

    private static async Task CleanAsync(Func<Task<int>> delete)
    {
        while (await delete() == BatchRows)
            await Task.Yield();
    }
}
