using BusIngest.Contracts.Orders;

namespace BusIngest.Api.Orders;

/// <summary>Estimates when a run ends, by what its phase lets one know.</summary>
internal static class OrderEstimate
{
    /// <summary>Batches that make a pace.</summary>
    private const int Enough = 4;

    /// <summary>Milliseconds until the end; 0 once it is over; null while that can't be told.</summary>
    public static long? Of(OrderSnapshot run, DateTimeOffset now)
    {
        var facts = run.Facts;
        if (facts.Phase is OrderPhases.Idle)
            return null;
        if (!OrderPhases.IsActive(facts.Phase))
            return 0;

        var milliseconds = run.Figures.Normal.Settled > 0 ? Processing(run, now) : Generating(run, now);
        return milliseconds is { } estimate && double.IsFinite(estimate) ? (long)Math.Round(Math.Max(0, estimate)) : null;
    }

    /// <summary>What is left at the pace of the latest batches, not of all: a run gets faster as the program warms up.</summary>
    /// <remarks>
    /// A batch bears the time at which its orders begin to be processed, so the time of n of them spans n - 1, and one becomes visible when it
    /// is done: after one more on SQLite, where they take turns, and on PostgreSQL after as many as are in hand. The middle of that is reckoned with.
    /// </remarks>
    private static double? Processing(OrderSnapshot run, DateTimeOffset now)
    {
        var normal = run.Figures.Normal;
        var isKnown = normal.RecentBatches >= Enough;
        var (span, batches, orders) = isKnown
            ? (Durations.Between(normal.RecentSince, normal.SettledAt), normal.RecentBatches, normal.RecentOrders)
            : (normal.TimeMs, normal.Batches, normal.Settled);
        var batchMs = Math.Max(1.0, span) / Math.Max(1, batches - 1);
        var left = (normal.Orders - normal.Settled) * batchMs * batches / orders;
        // While the queue stands, the end is put off.
        if (run.IsStanding)
            return left;

        var done = normal.SettledAt.GetValueOrDefault().AddMilliseconds(batchMs * (1 + normal.Active) / 2);
        // A batch that takes longer than the others puts the end off, too.
        return Math.Max(batchMs, left - Math.Clamp((now - done).TotalMilliseconds, 0, batchMs));
    }

    /// <summary>What is left to generate at its pace, and then to process at the best pace there is a measure of.</summary>
    private static double? Generating(OrderSnapshot run, DateTimeOffset now)
    {
        var (facts, figures) = (run.Facts, run.Figures);
        if (figures.Generated == 0)
            return null;

        var generated = figures.Generated / (double)Math.Max(1, Durations.Between(facts.CreatedAt, facts.GeneratedAt ?? now));
        var processed = Math.Max(generated, figures.Vip.Processed / (double)Math.Max(1, figures.Vip.TimeMs));
        return ((facts.Quantity - figures.Generated) / generated) + ((facts.Quantity - figures.Processed) / processed);
    }
}
