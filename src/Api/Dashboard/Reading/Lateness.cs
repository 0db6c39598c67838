namespace BusIngest.Api.Dashboard.Reading;

/// <summary>Counts how late timers were.</summary>
internal static class Lateness
{
    private static readonly (string Label, double BelowMs)[] Buckets =
    [
        ("< 10 ms", 10), ("< 50 ms", 50), ("< 200 ms", 200), ("< 1 s", 1_000), ("< 5 s", 5_000), ("< 1 min", 60_000), ("more", double.PositiveInfinity),
    ];

    /// <summary>How many are in which bucket; every bucket is there.</summary>
    public static IReadOnlyList<(string Label, int Count)> Histogram(IEnumerable<TimeSpan> late)
    {
        var counts = new int[Buckets.Length];
        foreach (var time in late)
            counts[Array.FindIndex(Buckets, bucket => time.TotalMilliseconds < bucket.BelowMs)]++;
        return [.. Buckets.Select((bucket, index) => (bucket.Label, counts[index]))];
    }
}
