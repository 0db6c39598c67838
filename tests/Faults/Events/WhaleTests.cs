using System.Globalization;
using System.Net;
using BusIngest.Support;
using BusIngest.Support.Events;
using BusIngest.Support.Programs;
using BusIngest.Support.Storage;

namespace BusIngest.Faults.Events;

/// <summary>An account with 300,000 users, of which many windows are asked for at once: it alone waits for its summaries.</summary>
public sealed class WhaleTests : FaultTest
{
    private const int Users = 300_000;
    private const int Batch = 1_000;
    private const int Windows = 24;
    private const int Accounts = 50;
    private const int Readers = 4;
    private const int Reads = 400;
    private const double Ratio = 1.5;
    private const long MostGrowth = 256L << 20;

    /// <summary>What other programs on the machine may add.</summary>
    private static readonly TimeSpan Noise = TimeSpan.FromMilliseconds(100);

    /// <summary>Twice the default of `Summaries:TimeoutMs`.</summary>
    private static readonly TimeSpan LongestSummary = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);
    private static readonly (string, string?)[] Settings = [("SEEDER_ENABLED", "false"), ("RATE_LIMIT_PER_MINUTE", "0"), ("Summaries__MaxAgeMs", "0")];

    private readonly long _nowMs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    [Fact]
    public async Task Should_not_make_others_wait()
    {
        var installation = Install();
        await installation.StartAsync(Token, Settings);
        await PostAsync(installation, Enumerable.Range(0, Accounts * 20).Select(n => Event($"small-{n % Accounts}", n)));
        await PostAsync(installation, Enumerable.Range(0, Users).Select(n => Event("whale", n)));
        await Eventually.BecomesAsync("All is counted", token => CountAsync(installation, token), static count => count == Users, Deadline, Token);
        await ReadOthersAsync(installation);
        var (before, memory) = (await ReadOthersAsync(installation), await MemoryAsync(installation));

        using var over = new CancellationTokenSource();
        var whale = Task.WhenAll(Enumerable.Range(0, Windows).Select(n => ReadWhaleAsync(installation, n, over.Token)));
        var beside = await ReadOthersAsync(installation);
        var grown = await MemoryAsync(installation) - memory;
        await over.CancelAsync();
        var asked = (await whale).SelectMany(static all => all).OrderBy(static one => one.Took).ToList();
        var longest = asked[^1].Took;
        var after = await ReadOthersAsync(installation);

        var alone = before > after ? before : after;
        Log($"Others' p99 {before.TotalMilliseconds:0.0} ms before, {beside.TotalMilliseconds:0.0} ms beside the whale, {after.TotalMilliseconds:0.0} ms after; "
            + $"{asked.Count(static one => one.Status == HttpStatusCode.OK)} of {asked.Count} of the whale's given, the longest after {longest.TotalMilliseconds:0} ms; {grown >> 20} MiB more");
        Assert.True(beside < (alone * Ratio) + Noise, $"p99 {beside} beside the whale, {alone} without");
        Assert.True(longest < LongestSummary + Noise + alone, $"The whale's summary took {longest}");
        Assert.InRange(grown, long.MinValue, MostGrowth);
    }

    private StoredEventRow Event(string account, int number) => new($"{account}-{number}", account, $"user-{number}", "login", _nowMs - number);

    private static async Task PostAsync(Installation installation, IEnumerable<StoredEventRow> events) => await Parallel.ForEachAsync(
        events.Chunk(Batch),
        new ParallelOptions { MaxDegreeOfParallelism = Readers, CancellationToken = Token },
        async (batch, token) =>
        {
            using var content = new ByteArrayContent(ClientEvent.Body(batch));
            content.Headers.ContentType = new("application/json");
            var answer = await installation.Api.SendAsync(HttpMethod.Post, "events", content, token);
            Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        });

    private static async Task<long> CountAsync(Installation installation, CancellationToken cancellationToken)
    {
        var summary = await installation.Api.GetAsync("accounts/whale/summary?window=last_24h", cancellationToken);
        return summary.GetProperty("totals").EnumerateObject().Sum(static type => type.Value.GetInt64());
    }

    /// <summary>The p99 of the other accounts' summaries, all of which are given.</summary>
    private static async Task<TimeSpan> ReadOthersAsync(Installation installation)
    {
        var took = await Task.WhenAll(Enumerable.Range(0, Readers).Select(reader => ReadAsync(reader)));
        return took.SelectMany(static all => all).Order().ElementAt((int)(0.99 * Readers * Reads));

        async Task<List<TimeSpan>> ReadAsync(int reader)
        {
            var times = new List<TimeSpan>();
            for (var n = 0; n < Reads; n++)
            {
                var (status, time) = await TimeAsync(installation, $"accounts/small-{((n * Readers) + reader) % Accounts}/summary?window=last_24h");
                Assert.Equal(HttpStatusCode.OK, status);
                times.Add(time);
            }

            return times;
        }
    }

    /// <summary>Asks for one window again and again; it may be refused.</summary>
    private async Task<List<(HttpStatusCode Status, TimeSpan Took)>> ReadWhaleAsync(Installation installation, int window, CancellationToken over)
    {
        var from = DateTimeOffset.FromUnixTimeMilliseconds(_nowMs - Users - window).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        var to = DateTimeOffset.FromUnixTimeMilliseconds(_nowMs + 1).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        var asked = new List<(HttpStatusCode Status, TimeSpan Took)>();
        do
        {
            asked.Add(await TimeAsync(installation, $"accounts/whale/summary?from={from}&to={to}"));
            Assert.True(asked[^1].Status is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable, $"{asked[^1].Status}");
            if (asked[^1].Status == HttpStatusCode.ServiceUnavailable)
                await Task.Delay(AfterRefusal, TimeProvider.System, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        while (!over.IsCancellationRequested);
        return asked;
    }

    private static async Task<(HttpStatusCode Status, TimeSpan Took)> TimeAsync(Installation installation, string route)
    {
        var begun = TimeProvider.System.GetTimestamp();
        var answer = await installation.Api.SendAsync(HttpMethod.Get, route, null, Token);
        return (answer.Status, TimeProvider.System.GetElapsedTime(begun));
    }

    private static async Task<long> MemoryAsync(Installation installation)
    {
        var metrics = await installation.Api.SendAsync(HttpMethod.Get, "metrics", null, Token);
        var line = metrics.Text.Split('\n').First(static line => line.StartsWith("dotnet_process_memory_working_set_bytes", StringComparison.Ordinal));
        return (long)double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
    }
}
