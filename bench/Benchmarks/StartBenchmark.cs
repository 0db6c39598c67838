using System.Diagnostics;
using BusIngest.Bench.Harness;
using BusIngest.Bench.Twins;

namespace BusIngest.Bench.Benchmarks;

/// <summary>How long the program takes to be ready, and what it uses when it has next to nothing to do.</summary>
internal sealed class StartBenchmark : Benchmark
{
    private const int DefaultSeconds = 30;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(20);

    public override string Name => "start";

    public override string Summary => "from process start to /health/ready in an empty folder; then, 20 s later, idle with the default generator";

    public override IReadOnlyList<Subject> Subjects(BenchOptions options) =>
        [new("program", () => MeasureAsync(options, folder => Programs.Own(options, folder), Programs.Ready))];

    public override Subject Twin(BenchOptions options) =>
        new("twin: Kestrel and an insert", () => MeasureAsync(options, Programs.RawHttpServer, RawHttp.Ready));

    private static async Task<Measurement> MeasureAsync(BenchOptions options, Func<WorkFolder, ProcessStartInfo> program, string ready)
    {
        using var folder = new WorkFolder(options);
        await using var service = await ServiceProcess.StartAsync(program(folder), ready);
        var started = Stopwatch.GetElapsedTime(service.StartedAt);
        await Task.Delay(Settling, TimeProvider.System, CancellationToken.None);
        var first = service.Usage();
        await Task.Delay(options.Duration(DefaultSeconds), TimeProvider.System, CancellationToken.None);
        var last = service.Usage();
        return new Measurement(
            new("ready ms", started.TotalMilliseconds),
            new("idle CPU %", last.CpuPercentSince(first)),
            new("RSS MB", last.ResidentMegabytes));
    }
}
