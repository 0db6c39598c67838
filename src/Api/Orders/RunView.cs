using BusIngest.Contracts.Orders;
using BusIngest.Workers.Orders.Storage;

namespace BusIngest.Api.Orders;

/// <summary>Runs, newest first.</summary>
/// <param name="Runs">The runs.</param>
internal sealed record RunList(IReadOnlyList<RunView> Runs);

/// <summary>A run of the history. Times are milliseconds.</summary>
/// <param name="RunId">Its id.</param>
/// <param name="Phase">The one that it is in, or ended in.</param>
/// <param name="Quantity">Orders asked for.</param>
/// <param name="GenerationTimeMs">How long orders were generated.</param>
/// <param name="EnqueueVipTimeMs">How long it took then to see that every VIP batch is enqueued.</param>
/// <param name="EnqueueNormalTimeMs">How long NORMAL batches were enqueued.</param>
/// <param name="ProcessingTimeVIPMs">How long VIP orders were processed.</param>
/// <param name="ProcessingTimeNormalMs">How long the others were.</param>
/// <param name="StartVIP">When the first VIP batch was taken in hand.</param>
/// <param name="EndVIP">When the last VIP batch was settled.</param>
/// <param name="StartNormal">When the first NORMAL batch was taken in hand.</param>
/// <param name="EndNormal">When the last NORMAL batch was settled.</param>
/// <param name="TotalProcessedVIP">VIP orders processed.</param>
/// <param name="TotalProcessedNormal">Others processed.</param>
/// <param name="TotalTimeMs">The sum of the five times.</param>
/// <param name="CreatedAt">When it was asked for.</param>
internal sealed record RunView(
    Guid RunId,
    string Phase,
    int Quantity,
    long GenerationTimeMs,
    long EnqueueVipTimeMs,
    long EnqueueNormalTimeMs,
    long ProcessingTimeVIPMs,
    long ProcessingTimeNormalMs,
    DateTimeOffset? StartVIP,
    DateTimeOffset? EndVIP,
    DateTimeOffset? StartNormal,
    DateTimeOffset? EndNormal,
    int TotalProcessedVIP,
    int TotalProcessedNormal,
    long TotalTimeMs,
    DateTimeOffset CreatedAt)
{
    /// <summary>A run as of now.</summary>
    public static RunView Of(OrderRun run, DateTimeOffset now)
    {
        var end = run.EndedAt ?? (OrderPhases.IsActive(run.Phase) ? now : null);
        var generating = Durations.Between(run.CreatedAt, run.GeneratedAt ?? end);
        var enqueueingVip = Durations.Between(run.GeneratedAt, run.VipEnqueuedAt ?? end);
        var enqueueingNormal = Durations.Between(run.VipDrainedAt, run.NormalEnqueuedAt ?? end);
        var vip = Durations.Between(run.VipStartedAt, run.VipEndedAt);
        var normal = Durations.Between(run.NormalStartedAt, run.NormalEndedAt);
        return new RunView(
            run.Id,
            run.Phase,
            run.Quantity,
            generating,
            enqueueingVip,
            enqueueingNormal,
            vip,
            normal,
            run.VipStartedAt,
            run.VipEndedAt,
            run.NormalStartedAt,
            run.NormalEndedAt,
            run.VipProcessed,
            run.NormalProcessed,
            generating + enqueueingVip + enqueueingNormal + vip + normal,
            run.CreatedAt);
    }
}
