using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace BusIngest.Api.Telemetry.Metrics;

/// <summary>One metric, with a series for each set of tags. To measure under known tags makes no garbage.</summary>
internal sealed class MetricFamily
{
    /// <summary>More than any of ours has: tags come from the program, and not from its clients.</summary>
    private const int MostSeries = 5_000;

    private static readonly KeyValuePair<string, object?>[] Overflow = [new("overflow", "true")];

    private readonly ConcurrentDictionary<int, MetricSeries> _byHash = new();
    private readonly Lock _gate = new();
    private readonly List<MetricSeries> _all = [];
    private readonly bool _isAbsolute;

    public MetricFamily(Instrument instrument)
    {
        Kind = MetricNames.KindOf(instrument);
        Name = MetricNames.Of(instrument, Kind);
        Description = instrument.Description ?? "";
        IsObservable = instrument.IsObservable;
        _isAbsolute = instrument.IsObservable || instrument.GetType().GetGenericTypeDefinition() == typeof(Gauge<>);
        Bounds = Kind == MetricKind.Histogram ? (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries ?? [] : null;
    }

    /// <summary>Its name in Prometheus.</summary>
    public string Name { get; }

    /// <summary>What it says.</summary>
    public string Description { get; }

    /// <summary>What it is.</summary>
    public MetricKind Kind { get; }

    /// <summary>Whether it is asked for at each collection: a series that is not told then is over.</summary>
    public bool IsObservable { get; }

    /// <summary>A histogram's bounds; null where it is none.</summary>
    public IReadOnlyList<double>? Bounds { get; }

    /// <summary>The collection that is under way.</summary>
    public long Round { get; set; }

    /// <summary>Its series.</summary>
    public IReadOnlyList<MetricSeries> Series()
    {
        lock (_gate)
            return [.. IsObservable ? _all.Where(series => series.Round == Round) : _all];
    }

    /// <summary>Takes a measurement.</summary>
    public void Measure(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var series = Find(tags);
        series.Round = Round;
        if (_isAbsolute)
            series.Set(value);
        else
            series.Add(value);
    }

    private MetricSeries Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var hash = HashOf(tags);
        return Find(hash, tags) ?? Add(hash, tags);
    }

    private MetricSeries? Find(int hash, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        _byHash.TryGetValue(hash, out var series);
        while (series?.Has(tags) == false)
            series = series.Next;
        return series;
    }

    private MetricSeries Add(int hash, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_gate)
        {
            if (Find(hash, tags) is { } known)
                return known;

            if (_all.Count >= MostSeries && !tags.SequenceEqual(Overflow))
                return Find(Overflow);

            var series = new MetricSeries(tags.ToArray(), Bounds) { Next = _byHash.GetValueOrDefault(hash) };
            _byHash[hash] = series;
            _all.Add(series);
            return series;
        }
    }

    private static int HashOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var hash = new HashCode();
        foreach (var tag in tags)
            hash.Add(tag.Value);
        return hash.ToHashCode();
    }
}
