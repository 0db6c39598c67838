namespace BusIngest.Support.Orders;

/// <summary>GET /pedidos: the last run, as a client is shown it.</summary>
public sealed record OrdersStatus(
    string Phase,
    Guid? LastRunId,
    bool Paused,
    double? GenerationTimeMs,
    double? TotalTimeMs,
    OrdersCounts Counts,
    OrdersProgress Progress,
    OrdersProcessing Processing,
    OrdersBarrier? Barrier)
{
    /// <summary>Whether the run goes on, by itself or once it is let.</summary>
    public bool IsUnderWay => Phase is "GENERATING" or "ENQUEUE_VIP" or "WAITING_VIP_DRAIN" or "ENQUEUE_NORMAL" or "WAITING_NORMAL_DRAIN";
}

/// <summary>Orders that are settled.</summary>
public sealed record OrdersCounts(long Vip, long Normal, long Failed);

/// <summary>How far it is.</summary>
public sealed record OrdersProgress(long Target, long Generated, long ProcessedTotal);

/// <summary>When orders were processed.</summary>
public sealed record OrdersProcessing(PriorityProcessing Vip, PriorityProcessing Normal);

/// <summary>When those of one priority were.</summary>
public sealed record PriorityProcessing(DateTimeOffset? Start, DateTimeOffset? End, double? TimeMs, long Count);

/// <summary>Whether VIP orders came first.</summary>
public sealed record OrdersBarrier(DateTimeOffset? LastVipProcessedAt, DateTimeOffset? FirstNormalStartedAt, bool? Held);
