using BusIngest.Bench.Harness;
using BusIngest.Bench.Twins;

namespace BusIngest.Bench.Benchmarks.Events;

/// <summary>How fast summaries are given: of 5,000,000 events of 500 accounts and 7 days, of which one account has half.</summary>
internal sealed class SummariesBenchmark : Benchmark
{
    private const long Events = 5_000_000;
    private const int Connections = 32;
    private const int DefaultSeconds = 10;

    /// <summary>Made once, by the first who needs it, and removed at the end.</summary>
    private static WorkFolder? _seeded;

    public override string Name => "summaries";

    public override string Summary => $"GET summaries of the last 7 days, {Events:#,##0} events, 500 accounts, half of all with one of them; {Connections} connections";

    public override IReadOnlyList<Subject> Subjects(BenchOptions options) =>
    [
        new("cached", () => RunAsync(options, isCached: true, Others, Connections)),
        new("uncached", () => RunAsync(options, isCached: false, Others, Connections)),
        new("uncached, whale alone", () => RunAsync(options, isCached: false, Whale, connections: 1)),
        new("uncached, beside the whale", () => RunAsync(options, isCached: false, Others, Connections, besideWhale: true)),
    ];

    public override Subject Twin(BenchOptions options) => new("twin: Kestrel and a constant", () => RunTwinAsync(options));

    private const string Others = "math.random(1, 499)";
    private const string Whale = "0";

    private static async Task<Measurement> RunAsync(BenchOptions options, bool isCached, string account, int connections, bool besideWhale = false)
    {
        var folder = await SeededAsync(options);
        (string, string)[] settings = [("SEEDER_ENABLED", "false"), ("RATE_LIMIT_PER_MINUTE", "0"), .. isCached ? [] : new[] { ("Summaries__MaxAgeMs", "0") }];
        await using var service = await ServiceProcess.StartAsync(Programs.Own(options, folder, settings), Programs.Ready);
        await GetAsync(folder, service, account, connections, TimeSpan.FromSeconds(3));
        var before = service.Usage();
        var whale = besideWhale ? GetAsync(folder, service, Whale, connections: 1, options.Duration(DefaultSeconds)) : null;
        var load = await GetAsync(folder, service, account, connections, options.Duration(DefaultSeconds));
        var after = service.Usage();
        var whales = whale is null ? null : await whale;
        if (load.Errors > 0)
            throw new BenchException($"{load.Errors} of {load.Requests} answers were errors.");
        return new Measurement(
        [
            .. load.Figures(),
            new("CPU µs/request", (after.Cpu - before.Cpu).TotalMicroseconds / (load.Requests + (whales?.Requests ?? 0))),
            .. whales is null ? [] : new Figure[] { new("whale's p99 ms", whales.Latency[1].Value) },
        ]);
    }

    private static async Task<Measurement> RunTwinAsync(BenchOptions options)
    {
        using var folder = new WorkFolder(options);
        await using var service = await ServiceProcess.StartAsync(Programs.RawHttpServer(folder), RawHttp.Ready);
        await GetAsync(folder, service, Others, Connections, TimeSpan.FromSeconds(3));
        var before = service.Usage();
        var load = await GetAsync(folder, service, Others, Connections, options.Duration(DefaultSeconds));
        return new Measurement([.. load.Figures(), new("CPU µs/request", (service.Usage().Cpu - before.Cpu).TotalMicroseconds / load.Requests)]);
    }

    private static Task<LoadResult> GetAsync(WorkFolder folder, ServiceProcess service, string account, int connections, TimeSpan duration) =>
        WrkClient.RunAsync(
            folder,
            service.Http.BaseAddress!,
            $"""
            request = function()
              return wrk.format("GET", string.format("/accounts/acct-%05d/summary?window=last_7d", {account}))
            end
            """,
            connections,
            duration);

    private static async Task<WorkFolder> SeededAsync(BenchOptions options)
    {
        if (_seeded is not null)
            return _seeded;

        var folder = new WorkFolder(options);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
        var (perSecond, _) = await EventSeeding.RunAsync(options, folder, Events, whale: 0.5);
        Console.WriteLine($"  seeded {Events:#,##0} events at {perSecond:#,##0}/s");
        return _seeded = folder;
    }
}
