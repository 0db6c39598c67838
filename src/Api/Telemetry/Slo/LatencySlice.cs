namespace BusIngest.Api.Telemetry.Slo;

/// <summary>The requests of a few minutes.</summary>
internal sealed class LatencySlice
{
    private readonly int[] _buckets = new int[LatencyBuckets.Count];

    /// <summary>Which minutes, counted since the start.</summary>
    public long Number { get; private set; } = -1;

    /// <summary>Requests.</summary>
    public long Requests { get; private set; }

    /// <summary>Those that failed for a reason of ours.</summary>
    public long Errors { get; private set; }

    /// <summary>How many requests took so long.</summary>
    public IReadOnlyList<int> Buckets => _buckets;

    /// <summary>Counts a request.</summary>
    public void Add(long number, TimeSpan duration, bool isError)
    {
        if (number != Number)
        {
            Array.Clear(_buckets);
            (Number, Requests, Errors) = (number, 0, 0);
        }

        _buckets[LatencyBuckets.Of(duration)]++;
        Requests++;
        if (isError)
            Errors++;
    }
}
