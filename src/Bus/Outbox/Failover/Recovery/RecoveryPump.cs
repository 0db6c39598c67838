using BusIngest.Bus.Inbox;
using BusIngest.Bus.Outbox.Breaker;
using BusIngest.Bus.Outbox.Failover.Sessions;
using BusIngest.Bus.Supervision;

namespace BusIngest.Bus.Outbox.Failover.Recovery;

/// <summary>
/// Drains the inbox to the lane: at once when the breaker closes, at the start what an earlier process of the directory left, and now and
/// then what a single failure, or a retry by hand, put there. New chunks go past it meanwhile.
/// </summary>
internal sealed class RecoveryPump(
    RecoveryDrain drain,
    LaneBreaker breaker,
    SqliteInbox inbox,
    FailoverSessions sessions,
    RecoveryOptions options,
    TimeProvider time,
    Supervisor supervisor) : SupervisedService(supervisor, "recovery-pump")
{
    /// <inheritdoc />
    protected override async Task RunAsync(BackgroundLoop loop, CancellationToken stopping)
    {
        if (inbox.Status.Messages > 0)
            sessions.FindParked();
        while (true)
        {
            var changed = breaker.Changed.Next;
            if (breaker.Circuit == Circuit.Closed)
            {
                // Not as a step that is owed: millions of rows may take minutes, and whether they go is the breaker's business.
                await DrainAsync(stopping);
                loop.Succeed();
            }

            using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            await Task.WhenAny(changed, Task.Delay(options.CheckInterval, time, ending.Token));
            await ending.CancelAsync();
            stopping.ThrowIfCancellationRequested();
        }
    }

    private async Task DrainAsync(CancellationToken stopping)
    {
        sessions.BeginDraining();
        if (inbox.Status.Messages > drain.SetAside)
            await drain.RunAsync(stopping);

        if (breaker.Circuit == Circuit.Closed)
            sessions.CompleteRecovery(drain.SetAside);
    }
}
