namespace BusIngest.Api.Commands.Bench;

/// <summary>What `bench` found, for programs.</summary>
/// <param name="Records">What was sent, in the plural.</param>
/// <param name="Connections">Requests at once.</param>
/// <param name="Batch">Records a request.</param>
/// <param name="SentMs">How long the sending took.</param>
/// <param name="Requests">Requests that were accepted.</param>
/// <param name="RequestsPerSec">The same a second.</param>
/// <param name="RecordsPerSec">Records in them a second.</param>
/// <param name="P50Ms">The median of their latencies.</param>
/// <param name="P99Ms">The 99th percentile.</param>
/// <param name="MaxMs">The longest.</param>
/// <param name="Answers">How often each status was answered; what broke off under its own name.</param>
/// <param name="Acknowledged">Different records in accepted requests.</param>
/// <param name="Unknown">Records in requests of which nobody knows what came of them.</param>
/// <param name="Stored">What the service reports as stored of both.</param>
/// <param name="StoredMs">How long it took, from the first request, until it was stored.</param>
/// <param name="Differences">Where that is not the same; none: everything acknowledged is stored, once.</param>
internal sealed record BenchResult(
    string Records,
    int Connections,
    int Batch,
    long SentMs,
    long Requests,
    double RequestsPerSec,
    double RecordsPerSec,
    double P50Ms,
    double P99Ms,
    double MaxMs,
    IReadOnlyDictionary<string, long> Answers,
    long Acknowledged,
    long Unknown,
    long Stored,
    long StoredMs,
    IReadOnlyList<string> Differences)
{
    /// <summary>The results of a load.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="records">What was sent.</param>
    /// <param name="tally">What was answered.</param>
    /// <param name="sent">How long the sending took.</param>
    /// <param name="ledger">What became of it.</param>
    /// <param name="stored">How long it took until it was stored.</param>
    public static BenchResult Of(BenchOptions options, string records, BenchTally tally, TimeSpan sent, BenchLedger ledger, TimeSpan stored)
    {
        var latencies = tally.Latencies(0.50, 0.99, 1);
        return new BenchResult(
            records,
            options.Connections,
            options.Batch,
            (long)sent.TotalMilliseconds,
            tally.Requests,
            Math.Round(tally.Requests / sent.TotalSeconds, 1),
            Math.Round(tally.Records / sent.TotalSeconds, 1),
            Math.Round(latencies[0], 2),
            Math.Round(latencies[1], 2),
            Math.Round(latencies[2], 2),
            tally.Answers,
            ledger.Acknowledged,
            ledger.Unknown,
            ledger.Stored,
            (long)stored.TotalMilliseconds,
            ledger.Differences);
    }
}
