using System.Diagnostics;
using System.Numerics;

namespace BusIngest.Bench.Harness;

/// <summary>Counts latencies in buckets that are within 1.6 % of what is in them. Not thread-safe: each caller has its own.</summary>
internal sealed class LatencyHistogram
{
    private const int SubBits = 6;
    private const int SubBuckets = 1 << SubBits;

    private readonly long[] _buckets = new long[(64 - SubBits) * SubBuckets];
    private long _max;

    /// <summary>How many were counted.</summary>
    public long Count { get; private set; }

    /// <summary>Counts a latency.</summary>
    /// <param name="elapsed">In <see cref="Stopwatch"/> ticks.</param>
    public void Add(long elapsed)
    {
        _buckets[Bucket(elapsed)]++;
        _max = Math.Max(_max, elapsed);
        Count++;
    }

    /// <summary>Adds another's counts.</summary>
    public void Add(LatencyHistogram other)
    {
        for (var i = 0; i < _buckets.Length; i++)
            _buckets[i] += other._buckets[i];
        _max = Math.Max(_max, other._max);
        Count += other.Count;
    }

    /// <summary>p50, p99 and the maximum in milliseconds.</summary>
    public IReadOnlyList<Figure> Figures() =>
        [new("p50 ms", Percentile(0.50)), new("p99 ms", Percentile(0.99)), new("max ms", Milliseconds(_max))];

    private double Percentile(double share)
    {
        var left = (long)Math.Ceiling(Count * share);
        for (var i = 0; i < _buckets.Length; i++)
        {
            left -= _buckets[i];
            if (left <= 0)
                return Milliseconds(Math.Min(Highest(i), _max));
        }

        return Milliseconds(_max);
    }

    private static int Bucket(long value)
    {
        var shift = Math.Max(0, BitOperations.Log2((ulong)Math.Max(value, 1)) - SubBits);
        return (shift * SubBuckets) + (int)(value >> shift);
    }

    private static long Highest(int bucket)
    {
        var shift = Math.Max(0, (bucket / SubBuckets) - 1);
        return (((long)bucket - ((long)shift * SubBuckets) + 1) << shift) - 1;
    }

    private static double Milliseconds(long ticks) => ticks * 1000.0 / Stopwatch.Frequency;
}
