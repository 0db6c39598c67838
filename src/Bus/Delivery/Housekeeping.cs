using BusIngest.Bus.Idempotency;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Supervision;

namespace BusIngest.Bus.Delivery;

/// <summary>Deletes marks and idempotency keys that are past their retention, a few at a time so that consumers hardly notice.</summary>
internal sealed class Housekeeping(
    IRetiredRows rows,
    SqliteInbox inbox,
    IOutgoing outgoing,
    InboxOptions options,
    TimeProvider time,
    Supervisor supervisor) : SupervisedService(supervisor, "housekeeping")
{
    private const int BatchRows = 2_000;
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    /// <inheritdoc />
    protected override Task RunAsync(BackgroundLoop loop, CancellationToken stopping) => loop.EveryAsync(Period, CleanAsync, stopping, atOnce: false);

    private async Task CleanAsync(CancellationToken cancellationToken)
    {
        var (mark, key) = (await OldestNeededMarkAsync(cancellationToken), time.GetUtcNow() - IdempotencyKeys.Retention);
        await CleanAsync(() => rows.DeleteMarksAsync(mark, BatchRows, cancellationToken));
        await CleanAsync(() => rows.DeleteKeysAsync(key, BatchRows, cancellationToken));
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
