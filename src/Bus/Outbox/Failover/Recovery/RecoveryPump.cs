using BusIngest.Bus.Inbox;
using BusIngest.Bus.Outbox.Breaker;
using BusIngest.Bus.Outbox.Failover.Sessions;
using BusIngest.Bus.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

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
    ILogger<RecoveryPump> logger) : BackgroundService
{
    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (inbox.Status.Messages > 0)
            sessions.FindParked();
        while (!stoppingToken.IsCancellationRequested)
        {
            var changed = breaker.Changed.Next;
            if (breaker.Circuit == Circuit.Closed)
                await DrainAsync(stoppingToken);
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(changed, Task.Delay(options.CheckInterval, time, ending.Token));
            await ending.CancelAsync();
        }
    }

    private async Task DrainAsync(CancellationToken stopping)
    {
        try
        {
            sessions.BeginDraining();
            if (inbox.Status.Messages > drain.SetAside)
                await drain.RunAsync(stopping);

            if (breaker.Circuit == Circuit.Closed)
                sessions.CompleteRecovery(drain.SetAside);
        }
        catch (SqliteFailureException exception)
        {
            logger.LogWarning(exception, "The inbox can't be read; trying again");
        }
    }
}
