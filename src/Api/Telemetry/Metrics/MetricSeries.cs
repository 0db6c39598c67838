namespace BusIngest.Api.Telemetry.Metrics;

/// <summary>What was measured under one set of tags.</summary>
/// <param name="tags">The tags.</param>
/// <param name="bounds">The upper bounds of a histogram's buckets, in order; null where it is none.</param>
internal sealed class MetricSeries(KeyValuePair<string, object?>[] tags, IReadOnlyList<double>? bounds)
{
    private readonly Lock _gate = new();
    private readonly long[] _buckets = new long[bounds is null ? 0 : bounds.Count + 1];
    private double _value;
    private long _count;

    /// <summary>The tags.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Tags => tags;

    /// <summary>Another of the same hash.</summary>
    public MetricSeries? Next { get; init; }

    /// <summary>In which collection it was last told.</summary>
    public long Round { get; set; }

    /// <summary>Whether these are its tags, in the order in which the instrument always gives them.</summary>
    public bool Has(ReadOnlySpan<KeyValuePair<string, object?>> others)
    {
        if (others.Length != tags.Length)
            return false;

        for (var i = 0; i < tags.Length; i++)
        {
            if (!Equals(tags[i].Value, others[i].Value) || !string.Equals(tags[i].Key, others[i].Key, StringComparison.Ordinal))
                return false;
        }

        return true;
    }

    /// <summary>Sets it.</summary>
    public void Set(double value)
    {
        lock (_gate)
            _value = value;
    }

    /// <summary>Adds to it, or counts it among a histogram's.</summary>
    public void Add(double value)
    {
        lock (_gate)
        {
            _value += value;
            _count++;
            if (bounds is not null)
                _buckets[BucketOf(value)]++;
        }
    }

    /// <summary>What it is, or its sum; how many there were; and a histogram's buckets, each without those before it.</summary>
    public (double Value, long Count, long[] Buckets) Read()
    {
        lock (_gate)
            return (_value, _count, [.. _buckets]);
    }

    private int BucketOf(double value)
    {
        var bucket = 0;
        while (bucket < bounds!.Count && value > bounds[bucket])
            bucket++;
        return bucket;
    }
}
