using BusIngest.Contracts.Orders;

namespace BusIngest.Api.Orders;

/// <summary>The queue's jobs by state.</summary>
/// <param name="Waiting">Jobs that nobody has in hand.</param>
/// <param name="Active">Jobs in hand.</param>
/// <param name="Completed">Jobs whose orders are all processed.</param>
/// <param name="Failed">Jobs with orders that failed at every try.</param>
/// <param name="Delayed">Always 0: no job is for later.</param>
/// <param name="Paused">Those of the waiting ones that a pause holds up.</param>
internal sealed record QueueCounts(int Waiting, int Active, int Completed, int Failed, int Delayed, int Paused)
{
    /// <summary>Counts them.</summary>
    public static QueueCounts Of(QueueState queue)
    {
        var waiting = queue.Count(OrderJobStates.Waiting);
        return new QueueCounts(
            waiting,
            queue.Count(OrderJobStates.Active),
            queue.Count(OrderJobStates.Completed),
            queue.Count(OrderJobStates.Failed),
            Delayed: 0,
            Paused: queue.IsStanding ? waiting : 0);
    }
}

/// <summary>Whether the queue is well.</summary>
/// <param name="Status">healthy, degraded (jobs failed, or work is stuck), paused, aborted or error.</param>
/// <param name="Phase">The run's phase.</param>
/// <param name="Waiting">Jobs that nobody has in hand.</param>
/// <param name="Active">Jobs in hand.</param>
/// <param name="Completed">Jobs whose orders are all processed.</param>
/// <param name="Failed">Jobs with orders that failed at every try.</param>
/// <param name="Delayed">Always 0: no job is for later.</param>
/// <param name="HasFailedJobs">Whether there are such jobs.</param>
/// <param name="IsStuck">Whether a job is in hand for too long, or nothing moves that should.</param>
/// <param name="Aborted">Whether the run was cancelled.</param>
internal sealed record QueueHealth(
    string Status, string Phase, int Waiting, int Active, int Completed, int Failed, int Delayed, bool HasFailedJobs, bool IsStuck, bool Aborted)
{
    /// <summary>Judges the queue.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="now">The time.</param>
    /// <param name="stuckAfter">How long it may stand still.</param>
    public static QueueHealth Of(QueueState queue, DateTimeOffset now, TimeSpan stuckAfter)
    {
        var counts = QueueCounts.Of(queue);
        var (hasFailed, isStuck) = (counts.Failed > 0, queue.IsStuck(now, stuckAfter));
        var status = queue.Run.Phase switch
        {
            OrderPhases.Error => "error",
            OrderPhases.Aborted => "aborted",
            _ when queue.IsStanding => "paused",
            _ => hasFailed || isStuck ? "degraded" : "healthy",
        };
        return new QueueHealth(
            status,
            queue.Run.Phase,
            counts.Waiting,
            counts.Active,
            counts.Completed,
            counts.Failed,
            counts.Delayed,
            hasFailed,
            isStuck,
            queue.Run.Phase is OrderPhases.Aborted);
    }
}
