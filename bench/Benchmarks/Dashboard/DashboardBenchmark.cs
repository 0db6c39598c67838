using BusIngest.Bench.Harness;
using BusIngest.Bench.Twins;

namespace BusIngest.Bench.Benchmarks.Dashboard;

/// <summary>What a viewer of a page costs the program under load, and how soon the page is seen.</summary>
internal sealed class DashboardBenchmark : Benchmark
{
    private const int DefaultSeconds = 10;
    private const string CarIntervalMs = "1";

    /// <summary>About the size of a page.</summary>
    private const int TwinBytes = 8_192;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);

    public override string Name => "dashboard";

    public override string Summary => $"viewers of the live pages of the built program under a steady load, {ViewerCost.Many} at once, and the first paint in Chromium";

    public override IReadOnlyList<Subject> Subjects(BenchOptions options) =>
        [new("overview", () => RunAsync(options, "overview", "/")), new("events", () => RunAsync(options, "events", "/dashboard/events"))];

    public override Subject Twin(BenchOptions options) => new("twin: Kestrel sends as much", () => RunTwinAsync(options));

    private static async Task<Measurement> RunAsync(BenchOptions options, string page, string path)
    {
        using var folder = new WorkFolder(options);
        await using var service = await ServiceProcess.StartAsync(
            Programs.Own(options, folder, ("CAR_GENERATION_INTERVAL_MS", CarIntervalMs), ("RATE_LIMIT_PER_MINUTE", "0")), Programs.Ready);
        await using var load = SteadyLoad.Start(service.Http);
        await Task.Delay(WarmUp, TimeProvider.System, CancellationToken.None);
        var paints = await FirstPaints.MeasureAsync(new Uri(service.Http.BaseAddress!, path));
        var costs = await ViewerCost.MeasureAsync(service, new Uri(service.Http.BaseAddress!, $"/dashboard/{page}/live"), options.Duration(DefaultSeconds));
        load.Check();
        return new Measurement([.. costs, .. paints]);
    }

    private static async Task<Measurement> RunTwinAsync(BenchOptions options)
    {
        using var folder = new WorkFolder(options);
        await using var service = await ServiceProcess.StartAsync(Programs.RawHttpServer(folder), RawHttp.Ready);
        var paints = await FirstPaints.MeasureAsync(new Uri(service.Http.BaseAddress!, "/page"));
        var costs = await ViewerCost.MeasureAsync(service, new Uri(service.Http.BaseAddress!, $"/live/{TwinBytes}"), options.Duration(DefaultSeconds));
        return new Measurement([.. costs, .. paints]);
    }
}
