using BusIngest.Bus.Idempotency;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BusIngest.Bus.Delivery;

/// <summary>Deletes marks and idempotency keys that are past their retention, a few at a time so that consumers hardly notice.</summary>
internal sealed class Housekeeping(
    MainDatabase database,
    SqliteInbox inbox,
    OutgoingMessages outgoing,
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
                var (mark, key) = (OldestNeededMark(), time.GetUtcNow() - IdempotencyKeys.Retention);
                await CleanAsync(session => session.DeleteMarks(mark, BatchRows), stoppingToken);
                await CleanAsync(session => session.DeleteKeys(key, BatchRows), stoppingToken);
            }
            catch (Exception exception) when (exception is StorageUnavailableException or SqliteFailureException)
            {
                logger.LogWarning("Old marks can't be deleted yet: {Reason}", exception.Message);
            }
        }
    }

    /// <summary>A message that still waits, for another endpoint perhaps, may be delivered again, however old it is.</summary>
    private DateTimeOffset OldestNeededMark()
    {
        var oldest = time.GetUtcNow() - options.MarkRetention;
        foreach (var queue in new SqliteQueue[] { inbox, outgoing })
        {
            if (queue.OldestAcceptedAt() is { } waiting && waiting < oldest)
                oldest = waiting;
        }

        return oldest;
    }

    private async Task CleanAsync(Func<SqliteSession, int> delete, CancellationToken cancellationToken)
    {
        while (await database.Writer.WriteAsync(BatchRows, delete, cancellationToken) == BatchRows)
            await Task.Yield();
    }
}
