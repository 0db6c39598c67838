using BusIngest.Bus.Supervision;
using BusIngest.Contracts.Failover;
using Microsoft.Extensions.Logging;

namespace BusIngest.Bus.Outbox.Failover.Sessions;

/// <summary>
/// Puts sessions' events into the outbox for their saga: while the lane is away they are parked like all else. Keeps the session in the data
/// directory until its end is published, so that the next process there goes on with it.
/// </summary>
internal sealed class FailoverPublisher(
    FailoverEvents events, IOutbox outbox, SessionFile file, TimeProvider time, ILogger<FailoverPublisher> logger, Supervisor supervisor)
    : SupervisedService(supervisor, "failover-publisher")
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    protected override async Task RunAsync(BackgroundLoop loop, CancellationToken stopping)
    {
        try
        {
            while (await events.ToPublish.WaitToReadAsync(stopping))
                await PublishWaitingAsync(loop, stopping);
        }
        catch (OperationCanceledException)
        {
            // The last ones, if the outbox still takes them.
            while (events.ToPublish.TryRead(out var happened) && await TryPublishAsync(happened))
                continue;
        }
    }

    /// <summary>An event is taken away only when it is published: what throws in between leaves it to the next beginning.</summary>
    private async Task PublishWaitingAsync(BackgroundLoop loop, CancellationToken stopping)
    {
        while (events.ToPublish.TryPeek(out var happened))
        {
            while (!await TryPublishAsync(happened))
                await Task.Delay(Pause, time, stopping);
            events.ToPublish.TryRead(out _);
            loop.Succeed();
        }
    }

    private async Task<bool> TryPublishAsync(FailoverEvent happened)
    {
        try
        {
            Keep(happened.Facts);
            await PublishAsync(happened);
            Forget(happened.Facts);
            return true;
        }
        catch (OutboxUnavailableException exception)
        {
            logger.LogWarning("{Event} of failover session {Session} waits, as the outbox refuses: {Reason}", happened.Kind, happened.Facts.SessionId, exception.Message);
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.LogWarning("Failover session {Session} can't be kept in the data directory: {Reason}", happened.Facts.SessionId, exception.Message);
            return false;
        }
    }

    private void Keep(FailoverFacts session)
    {
        if (session.RecoveryCompletedAt is null)
            file.Write(session);
    }

    private void Forget(FailoverFacts session)
    {
        if (session.RecoveryCompletedAt is not null)
            file.Delete();
    }

    private Task PublishAsync(FailoverEvent happened) => happened.Kind switch
    {
        FailoverEventKind.FailureDetected => outbox.PublishAsync(new FailureDetected(happened.Facts)),
        FailoverEventKind.PromotionSeen => outbox.PublishAsync(new PromotionSeen(happened.Facts)),
        FailoverEventKind.FallbackEntered => outbox.PublishAsync(new FallbackEntered(happened.Facts)),
        FailoverEventKind.PrimaryReturned => outbox.PublishAsync(new PrimaryReturned(happened.Facts)),
        FailoverEventKind.RecoveryStarted => outbox.PublishAsync(new RecoveryStarted(happened.Facts)),
        _ => outbox.PublishAsync(new RecoveryCompleted(happened.Facts)),
    };
}
