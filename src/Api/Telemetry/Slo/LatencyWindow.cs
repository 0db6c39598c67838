namespace BusIngest.Api.Telemetry.Slo;

/// <summary>The requests of one route in the last hour.</summary>
internal sealed class LatencyWindow(TimeProvider time)
{
    /// <summary>How far it reaches back; up to a slice less.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromHours(1);

    private const int Slices = 12;

    private static readonly TimeSpan Slice = Length / Slices;

    private readonly Lock _gate = new();
    private readonly LatencySlice?[] _slices = new LatencySlice?[Slices];
    private readonly long _begun = time.GetTimestamp();

    /// <summary>Counts a request.</summary>
    public void Add(TimeSpan duration, bool isError)
    {
        var number = Number();
        lock (_gate)
            (_slices[number % Slices] ??= new LatencySlice()).Add(number, duration, isError);
    }

    /// <summary>What they come to.</summary>
    public LatencySummary Read()
    {
        var oldest = Number() - Slices + 1;
        var buckets = new long[LatencyBuckets.Count];
        var (requests, errors) = (0L, 0L);
        lock (_gate)
        {
            foreach (var slice in _slices)
            {
                if (slice is null || slice.Number < oldest)
                    continue;

                requests += slice.Requests;
                errors += slice.Errors;
                for (var i = 0; i < buckets.Length; i++)
                    buckets[i] += slice.Buckets[i];
            }
        }

        return new LatencySummary(requests, errors, Quantile(0.5), Quantile(0.95), Quantile(0.99));

        TimeSpan Quantile(double share)
        {
            var left = (long)Math.Ceiling(requests * share);
            for (var i = 0; i < buckets.Length; i++)
            {
                left -= buckets[i];
                if (left <= 0 && requests > 0)
                    return LatencyBuckets.Longest(i);
            }

            return TimeSpan.Zero;
        }
    }

    private long Number() => time.GetElapsedTime(_begun).Ticks / Slice.Ticks;
}
