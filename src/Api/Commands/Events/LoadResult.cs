namespace BusIngest.Api.Commands.Events;

/// <summary>What `load-events` found, for programs.</summary>
/// <param name="Requests">Requests that were accepted.</param>
/// <param name="Sent">Events in them, repeats included.</param>
/// <param name="Accepted">Different events among those.</param>
/// <param name="SentMs">How long the sending took.</param>
/// <param name="CountedMs">How long it took until they were counted.</param>
/// <param name="P50Ms">The median of the accepted requests' latencies.</param>
/// <param name="P95Ms">Their 95th percentile.</param>
/// <param name="P99Ms">Their 99th.</param>
/// <param name="Deferred">Requests sent again after 429.</param>
/// <param name="Broken">Requests sent again after 503 or a broken connection.</param>
/// <param name="GivenUp">Why requests were given up, each reason once.</param>
/// <param name="Differences">Where summaries are not what was sent; none: every accepted event counts once.</param>
internal sealed record LoadResult(
    long Requests,
    long Sent,
    long Accepted,
    long SentMs,
    long CountedMs,
    double P50Ms,
    double P95Ms,
    double P99Ms,
    long Deferred,
    long Broken,
    IReadOnlyCollection<string> GivenUp,
    IReadOnlyList<string> Differences);
