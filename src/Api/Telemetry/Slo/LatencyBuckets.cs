using System.Numerics;

namespace BusIngest.Api.Telemetry.Slo;

/// <summary>Buckets of durations whose bounds grow by an eighth of a power of two: what is read from them is at most an eighth too long.</summary>
internal static class LatencyBuckets
{
    private const int StepBits = 3;
    private const int Steps = 1 << StepBits;

    /// <summary>2³⁶ µs, which is 19 hours.</summary>
    private const int Exponents = 37;

    /// <summary>How many there are.</summary>
    public const int Count = Exponents * Steps;

    /// <summary>The bucket of a duration.</summary>
    public static int Of(TimeSpan duration)
    {
        var microseconds = (ulong)Math.Max(1, duration.Ticks / TimeSpan.TicksPerMicrosecond);
        var exponent = BitOperations.Log2(microseconds);
        if (exponent >= Exponents)
            return Count - 1;

        // What is below eight has fewer than eight steps to the next power: the shift goes the other way.
        var step = exponent >= StepBits ? microseconds >> (exponent - StepBits) : microseconds << (StepBits - exponent);
        return (exponent * Steps) + (int)(step & (Steps - 1));
    }

    /// <summary>The longest duration of a bucket.</summary>
    public static TimeSpan Longest(int bucket)
    {
        var (exponent, step) = (bucket / Steps, bucket % Steps);
        return TimeSpan.FromMicroseconds(Math.Pow(2, exponent) * (Steps + step + 1) / Steps);
    }
}
