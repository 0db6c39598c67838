using BusIngest.Bench.Harness;

namespace BusIngest.Bench.Benchmarks;

/// <summary>What a client of HTTP has seen.</summary>
/// <param name="Requests">Requests that were answered, errors included.</param>
/// <param name="Errors">Answers that were not 2xx, and connections that broke.</param>
/// <param name="PerSecond">Answers a second.</param>
/// <param name="Latency">p50, p99 and the maximum in milliseconds.</param>
internal sealed record LoadResult(long Requests, long Errors, double PerSecond, IReadOnlyList<Figure> Latency)
{
    public IReadOnlyList<Figure> Figures() => [new("requests/s", PerSecond), .. Latency, new("errors", Errors)];
}
