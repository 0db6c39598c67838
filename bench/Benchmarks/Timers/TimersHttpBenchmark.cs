using BusIngest.Bench.Harness;
using BusIngest.Bench.Twins;

namespace BusIngest.Bench.Benchmarks.Timers;

/// <summary>How many timers a second the program takes, each acknowledged when it is on disk, while the earlier ones' sagas begin.</summary>
internal sealed class TimersHttpBenchmark : Benchmark
{
    private const int DefaultSeconds = 15;

    public override string Name => "timers-http";

    public override string Summary => $"POST /api/v1/timer, due in an hour, {CreationLoad.Connections} connections, by the built program";

    public override IReadOnlyList<Subject> Subjects(BenchOptions options) => [new("accepted", () => RunAsync(options))];

    public override Subject Twin(BenchOptions options) => new("twin: Kestrel and an insert", () => RunTwinAsync(options));

    private static async Task<Measurement> RunAsync(BenchOptions options)
    {
        using var folder = new WorkFolder(options);
        await using var program = await TimersProgram.StartAsync(options, folder);
        return new Measurement(await CreationLoad.MeasureAsync(options, folder, program, options.Duration(DefaultSeconds)));
    }

    private static async Task<Measurement> RunTwinAsync(BenchOptions options)
    {
        using var folder = new WorkFolder(options);
        await using var service = await ServiceProcess.StartAsync(Programs.RawHttpServer(folder), RawHttp.Ready);
        var timers = new Uri(service.Http.BaseAddress!, "/api/v1/timer");
        await CreationLoad.RunAsync(options, folder, timers, TimeSpan.FromSeconds(3));
        var (_, figures) = await CreationLoad.MeasureAsync(
            service, () => CreationLoad.RunAsync(options, folder, timers, options.Duration(DefaultSeconds)));
        return new Measurement(figures);
    }
}
