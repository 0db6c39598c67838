namespace BusIngest.Api.Orders;

/// <summary>What a run's rows come to, as of one moment.</summary>
/// <param name="Generated">Orders that are stored.</param>
/// <param name="GeneratedNormal">Those of them that are not VIP.</param>
/// <param name="Vip">The VIP batches.</param>
/// <param name="Normal">The others; nothing before they are enqueued.</param>
internal sealed record OrderFigures(long Generated, long GeneratedNormal, BatchFigures Vip, BatchFigures Normal)
{
    /// <summary>Those of no run.</summary>
    public static OrderFigures None { get; } = new(0, 0, new BatchFigures(), new BatchFigures());

    /// <summary>Orders that were processed.</summary>
    public long Processed => Vip.Processed + Normal.Processed;
}

/// <summary>What the batches of one priority come to.</summary>
internal sealed record BatchFigures
{
    /// <summary>When the first one was taken in hand; null before.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When the last one was settled so far; null before.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>Their orders, without those that were taken from the queue.</summary>
    public long Orders { get; init; }

    /// <summary>Orders that are processed or have failed.</summary>
    public long Settled { get; init; }

    /// <summary>Orders that are processed.</summary>
    public long Processed { get; init; }

    /// <summary>Orders that failed at every try.</summary>
    public long Failed { get; init; }

    /// <summary>Batches that are settled.</summary>
    public long Batches { get; init; }

    /// <summary>Batches in hand.</summary>
    public long Active { get; init; }

    /// <summary>When the first of the latest batches was settled, which are the later half of the settled ones and 20 at least; null before.</summary>
    public DateTimeOffset? RecentSince { get; init; }

    /// <summary>The orders of these.</summary>
    public long RecentOrders { get; init; }

    /// <summary>How many they are.</summary>
    public long RecentBatches { get; init; }

    /// <summary>From the first start to the last settling, in milliseconds.</summary>
    public long TimeMs => Durations.Between(StartedAt, SettledAt);
}
