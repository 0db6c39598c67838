namespace BusIngest.Api.Orders;

/// <summary>Two runs side by side.</summary>
/// <param name="A">The one.</param>
/// <param name="B">The other.</param>
/// <param name="Difference">What the other has more, or less, than the one.</param>
internal sealed record RunComparison(RunView A, RunView B, RunDifference Difference)
{
    /// <summary>Compares two.</summary>
    public static RunComparison Of(RunView a, RunView b) => new(a, b, new RunDifference(
        b.Quantity - a.Quantity,
        b.GenerationTimeMs - a.GenerationTimeMs,
        b.EnqueueVipTimeMs - a.EnqueueVipTimeMs,
        b.EnqueueNormalTimeMs - a.EnqueueNormalTimeMs,
        b.ProcessingTimeVIPMs - a.ProcessingTimeVIPMs,
        b.ProcessingTimeNormalMs - a.ProcessingTimeNormalMs,
        b.TotalProcessedVIP - a.TotalProcessedVIP,
        b.TotalProcessedNormal - a.TotalProcessedNormal,
        b.TotalTimeMs - a.TotalTimeMs));
}

/// <summary>What run b has more than run a; below 0: less.</summary>
/// <param name="Quantity">Orders asked for.</param>
/// <param name="GenerationTimeMs">Milliseconds.</param>
/// <param name="EnqueueVipTimeMs">Milliseconds.</param>
/// <param name="EnqueueNormalTimeMs">Milliseconds.</param>
/// <param name="ProcessingTimeVIPMs">Milliseconds.</param>
/// <param name="ProcessingTimeNormalMs">Milliseconds.</param>
/// <param name="TotalProcessedVIP">VIP orders processed.</param>
/// <param name="TotalProcessedNormal">Others processed.</param>
/// <param name="TotalTimeMs">Milliseconds.</param>
internal sealed record RunDifference(
    int Quantity,
    long GenerationTimeMs,
    long EnqueueVipTimeMs,
    long EnqueueNormalTimeMs,
    long ProcessingTimeVIPMs,
    long ProcessingTimeNormalMs,
    int TotalProcessedVIP,
    int TotalProcessedNormal,
    long TotalTimeMs);
