using BusIngest.Contracts.Orders;

namespace BusIngest.Api.Orders;

/// <summary>Estimates when a run ends, by what its phase lets one know.</summary>
internal static class OrderEstimate
{
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

    /// <summary>What is left at the pace of what is settled, less what has passed since.</summary>
    /// <remarks>
    /// A batch bears the time at which it was taken in hand. So the time that is known spans one batch less than are settled, and a batch
    /// becomes visible later than its time by as long as it takes those in hand together.
    /// </remarks>
    private static double? Processing(OrderSnapshot run, DateTimeOffset now)
    {
        var normal = run.Figures.Normal;
        var batchMs = (double)Math.Max(1, normal.TimeMs) / Math.Max(1, normal.Batches - 1);
        var left = (normal.Orders - normal.Settled) * batchMs * normal.Batches / normal.Settled;
        // While the queue stands, the end is put off.
        if (run.IsStanding)
            return left;

        var inHand = normal.Active * batchMs;
        return Math.Max(inHand, left - Math.Max(0, Durations.Between(normal.SettledAt, now) - inHand));
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
