using BusIngest.Contracts.Orders;

namespace BusIngest.Api.Orders;

/// <summary>The jobs of a run in one state.</summary>
/// <param name="State">One of <see cref="OrderJobStates"/>.</param>
/// <param name="Jobs">How many are listed.</param>
/// <param name="Oldest">Since when the first of them is in it.</param>
/// <param name="Newest">Since when the last of them is.</param>
internal sealed record JobsInState(string State, int Jobs, DateTimeOffset Oldest, DateTimeOffset Newest);

/// <summary>The queue as of one moment.</summary>
/// <param name="Run">The run.</param>
/// <param name="IsStanding">Whether the queue is paused or closed.</param>
/// <param name="States">The states that jobs are in.</param>
/// <param name="ChunkAt">When the last chunk was stored; null before the first.</param>
internal sealed record QueueState(OrderRunFacts Run, bool IsStanding, IReadOnlyList<JobsInState> States, DateTimeOffset? ChunkAt)
{
    /// <summary>How many jobs are in a state.</summary>
    public int Count(string state) => In(state).Sum(jobs => jobs.Jobs);

    /// <summary>Whether work does not go on as it should.</summary>
    /// <param name="now">The time.</param>
    /// <param name="after">How long it may stand still.</param>
    public bool IsStuck(DateTimeOffset now, TimeSpan after)
    {
        var before = now - after;
        if (In(OrderJobStates.Active).Any(jobs => jobs.Oldest <= before))
            return true;
        if (IsStanding || !OrderPhases.IsActive(Run.Phase))
            return false;

        var jobsStandStill = !States.Any(jobs => jobs.Newest > before);
        return jobsStandStill && (IsWaitingForNobody || !Moves().Any(move => move > before));
    }

    private bool IsWaitingForNobody => Count(OrderJobStates.Waiting) > 0 && Count(OrderJobStates.Active) == 0;

    private IEnumerable<JobsInState> In(string state) => States.Where(jobs => string.Equals(jobs.State, state, StringComparison.Ordinal));

    private IEnumerable<DateTimeOffset?> Moves() =>
        [ChunkAt, Run.CreatedAt, Run.GeneratedAt, Run.VipEnqueuedAt, Run.VipDrainedAt, Run.NormalEnqueuedAt];
}
