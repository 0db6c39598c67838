using System.Globalization;

namespace BusIngest.Api.Commands.Bench;

/// <summary>Tells what `bench` found.</summary>
internal static class BenchReport
{
    /// <summary>Tells it in lines, or in one of JSON; what is wrong goes to the errors.</summary>
    /// <returns>What the process exits with: 0 when something was acknowledged, and all of that is stored once.</returns>
    public static async Task<int> WriteAsync(BenchResult result, CommandConsole console)
    {
        await console.WriteAsync(result, CommandJson.Default.BenchResult);
        foreach (var line in Lines(result))
            await console.SayAsync(line);
        foreach (var difference in result.Differences)
            await console.Errors.WriteLineAsync(difference);
        if (result.Requests == 0)
            await console.Errors.WriteLineAsync($"Nothing was accepted: {Answers(result)}");
        if (result.Requests == 0 || result.Differences.Count > 0)
            return CommandException.ExitCode;

        await console.SayAsync($"All {result.Records} that were acknowledged are stored, once.");
        return 0;
    }

    private static IEnumerable<string> Lines(BenchResult result)
    {
        yield return Line($"Accepted   {result.Requests:N0} requests in {result.SentMs / 1_000.0:0.00} s over {result.Connections:N0} connections");
        yield return Line($"Rate       {result.RequestsPerSec:N0} requests/s, {result.RecordsPerSec:N0} {result.Records}/s");
        yield return Line($"Latency    p50 {result.P50Ms:0.0} ms, p99 {result.P99Ms:0.0} ms, max {result.MaxMs:0.0} ms");
        yield return $"Answers    {Answers(result)}";
        yield return Line(
            $"Ledgers    {result.Acknowledged:N0} {result.Records} acknowledged{Unknown(result)}, {result.Stored:N0} stored after {result.StoredMs / 1_000.0:0.00} s");
    }

    private static string Unknown(BenchResult result) => result.Unknown == 0 ? "" : Line($", {result.Unknown:N0} perhaps");

    private static string Answers(BenchResult result) =>
        result.Answers.Count == 0 ? "none" : string.Join(", ", result.Answers.Select(answer => Line($"{answer.Key} × {answer.Value:N0}")));

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
