namespace BusIngest.Api.Orders;

/// <summary>How the last run is; before any run zeros and nulls. Times are milliseconds.</summary>
/// <param name="GenerationTimeMs">How long the orders were generated.</param>
/// <param name="EnqueueVipTimeMs">How long it took then to see that every VIP batch is enqueued.</param>
/// <param name="EnqueueNormalTimeMs">How long NORMAL batches were enqueued.</param>
/// <param name="Processing">How long orders were processed.</param>
/// <param name="TotalTimeMs">The sum of these five; VIP orders are processed while others are generated, so it may be more than has passed.</param>
/// <param name="WallClockMs">What has passed since the run was asked for.</param>
/// <param name="Counts">Orders that are processed, and that have failed.</param>
/// <param name="Phase">IDLE, GENERATING, ENQUEUE_VIP, WAITING_VIP_DRAIN, ENQUEUE_NORMAL, WAITING_NORMAL_DRAIN, DONE, ABORTED or ERROR.</param>
/// <param name="LastRunId">The run; null when there is none.</param>
/// <param name="Paused">Whether the queue is paused or closed.</param>
/// <param name="Throughput">Orders processed a second.</param>
/// <param name="Eta">How far it is.</param>
/// <param name="Progress">Orders asked for, generated and processed.</param>
/// <param name="Barrier">Whether VIP came first.</param>
internal sealed record OrdersStatus(
    long GenerationTimeMs,
    long EnqueueVipTimeMs,
    long EnqueueNormalTimeMs,
    OrderProcessing Processing,
    long TotalTimeMs,
    long WallClockMs,
    OrderCounts Counts,
    string Phase,
    Guid? LastRunId,
    bool Paused,
    OrderThroughput Throughput,
    OrderEta Eta,
    OrderProgress Progress,
    OrderBarrier Barrier);

/// <summary>How long orders were processed.</summary>
/// <param name="Vip">VIP orders.</param>
/// <param name="Normal">The others.</param>
internal sealed record OrderProcessing(OrderProcessingTime Vip, OrderProcessingTime Normal);

/// <summary>How long orders of one priority were processed.</summary>
/// <param name="Start">When the first batch was taken in hand; null before.</param>
/// <param name="End">When the last batch was settled; null before.</param>
/// <param name="TimeMs">From the first start to the last settling so far.</param>
/// <param name="Count">Orders processed.</param>
internal sealed record OrderProcessingTime(DateTimeOffset? Start, DateTimeOffset? End, long TimeMs, long Count);

/// <summary>Orders that are settled.</summary>
/// <param name="Vip">VIP orders processed.</param>
/// <param name="Normal">Others processed.</param>
/// <param name="Failed">Orders that failed at every try.</param>
internal sealed record OrderCounts(long Vip, long Normal, long Failed);

/// <summary>Orders processed a second, with two decimals.</summary>
/// <param name="Vip">VIP orders.</param>
/// <param name="Normal">The others.</param>
/// <param name="Overall">All, from the first start to the last settling.</param>
internal sealed record OrderThroughput(double Vip, double Normal, double Overall);

/// <summary>How far a run is.</summary>
/// <param name="EstimatedMs">Milliseconds until its end; 0 once it is over; null while that can't be told.</param>
/// <param name="ProgressPercent">Processed orders of a hundred, with two decimals.</param>
internal sealed record OrderEta(long? EstimatedMs, double ProgressPercent);

/// <summary>Orders of a run.</summary>
/// <param name="Target">Asked for.</param>
/// <param name="Generated">Stored.</param>
/// <param name="ProcessedTotal">Processed.</param>
internal sealed record OrderProgress(int Target, long Generated, long ProcessedTotal);

/// <summary>Whether VIP came first; what is retried by hand is left out.</summary>
/// <param name="LastVipProcessedAt">When the last VIP order was settled so far.</param>
/// <param name="FirstNormalStartedAt">When the first other one was taken in hand; null before.</param>
/// <param name="Held">Whether none was before the last VIP order was settled.</param>
internal sealed record OrderBarrier(DateTimeOffset? LastVipProcessedAt, DateTimeOffset? FirstNormalStartedAt, bool Held);
