using BusIngest.Contracts.Orders;
using BusIngest.Sagas.Orders;

namespace BusIngest.Api.Orders;

/// <summary>What is known of the last run: by its saga, and by its rows. Two that are equal show the same, but for the time that passes.</summary>
/// <param name="Facts">The saga's.</param>
/// <param name="IsStanding">Whether the queue is paused or closed.</param>
/// <param name="Figures">The rows'.</param>
internal sealed record OrderSnapshot(OrderRunFacts Facts, bool IsStanding, OrderFigures Figures)
{
    /// <summary>A run with its figures.</summary>
    public static OrderSnapshot Of(OrderRunState run, OrderFigures figures) => new(run.Facts, run.Paused || run.Closed, figures);

    /// <summary>The status as of now.</summary>
    public OrdersStatus Show(DateTimeOffset now)
    {
        var (vip, normal) = (Figures.Vip, Figures.Normal);
        var generating = Lasted(Facts.CreatedAt, Facts.GeneratedAt, now);
        var enqueueingVip = Lasted(Facts.GeneratedAt, Facts.VipEnqueuedAt, now);
        var enqueueingNormal = Lasted(Facts.VipDrainedAt, Facts.NormalEnqueuedAt, now);
        return new OrdersStatus(
            generating,
            enqueueingVip,
            enqueueingNormal,
            new OrderProcessing(Time(vip, Facts.VipDrainedAt is not null), Time(normal, Facts.Phase is OrderPhases.Done)),
            generating + enqueueingVip + enqueueingNormal + vip.TimeMs + normal.TimeMs,
            IsNone ? 0 : Durations.Between(Facts.CreatedAt, Facts.EndedAt ?? now),
            new OrderCounts(vip.Processed, normal.Processed, vip.Failed + normal.Failed),
            Facts.Phase,
            IsNone ? null : Facts.RunId,
            IsStanding,
            Throughput(),
            new OrderEta(OrderEstimate.Of(this, now), Percent(Figures.Processed)),
            new OrderProgress(Facts.Quantity, Figures.Generated, Figures.Processed),
            new OrderBarrier(vip.SettledAt, normal.StartedAt, IsHeld));
    }

    private bool IsNone => Facts.Phase is OrderPhases.Idle;

    private bool IsHeld =>
        Figures.Normal.StartedAt is not { } started || (Figures.Vip.Settled >= Figures.Vip.Orders && !(started < Figures.Vip.SettledAt));

    private OrderThroughput Throughput()
    {
        var (vip, normal) = (Figures.Vip, Figures.Normal);
        var first = vip.StartedAt < normal.StartedAt || normal.StartedAt is null ? vip.StartedAt : normal.StartedAt;
        var last = vip.SettledAt > normal.SettledAt || normal.SettledAt is null ? vip.SettledAt : normal.SettledAt;
        return new OrderThroughput(
            Durations.Rate(vip.Processed, vip.TimeMs),
            Durations.Rate(normal.Processed, normal.TimeMs),
            Durations.Rate(Figures.Processed, Durations.Between(first, last)));
    }

    private double Percent(long processed) => Facts.Quantity == 0 ? 0 : Math.Round(processed * 100.0 / Facts.Quantity, 2);

    /// <summary>How long something lasted that may not be over: then until the run's end, or now.</summary>
    private long Lasted(DateTimeOffset? begun, DateTimeOffset? over, DateTimeOffset now) =>
        IsNone ? 0 : Durations.Between(begun, over ?? Facts.EndedAt ?? now);

    private static OrderProcessingTime Time(BatchFigures batches, bool isOver) =>
        new(batches.StartedAt, isOver ? batches.SettledAt : null, batches.TimeMs, batches.Processed);
}
