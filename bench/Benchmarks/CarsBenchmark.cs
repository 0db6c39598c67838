using System.Diagnostics;
using BusIngest.Bench.Harness;
using BusIngest.Bench.Twins;

namespace BusIngest.Bench.Benchmarks;

/// <summary>How many cars a second go the whole way: generated, accepted, carried by the bus, stored.</summary>
internal sealed class CarsBenchmark : Benchmark
{
    private const int DefaultSeconds = 60;
    private const int WindowSeconds = 5;

    public override string Name => "cars";

    public override string Summary => "cars generated and stored at interval 0, by the built program";

    public override IReadOnlyList<Subject> Subjects(BenchOptions options) => [new("generated and stored", () => RunAsync(options))];

    public override Subject Twin(BenchOptions options) => new("twin: two files, two tasks", () => RunTwinAsync(options));

    private static async Task<Measurement> RunAsync(BenchOptions options)
    {
        using var folder = new WorkFolder(options);
        await using var service = await ServiceProcess.StartAsync(
            Programs.Own(options, folder, ("CAR_GENERATION_INTERVAL_MS", "0")), Programs.Ready);
        var samples = await SampleAsync(service, options.Duration(DefaultSeconds));
        var (first, last) = (samples[0], samples[^1]);
        Check(last.Ledger);

        var cars = last.Ledger.Stored - first.Ledger.Stored;
        return new Measurement(
            new("cars/s", Rate(first, last)),
            new("slowest 5 s cars/s", Slowest(samples)),
            new("CPU µs/car", (last.Usage.Cpu - first.Usage.Cpu).TotalMicroseconds / cars),
            new("CPU %", last.Usage.CpuPercentSince(first.Usage)),
            new("RSS first MB", first.Usage.ResidentMegabytes),
            new("RSS last MB", last.Usage.ResidentMegabytes),
            new("RSS max MB", samples.Max(sample => sample.Usage.ResidentMegabytes)));
    }

    private static async Task<List<Sample>> SampleAsync(ServiceProcess service, TimeSpan duration)
    {
        var samples = new List<Sample> { await Sample.TakeAsync(service) };
        using var seconds = new PeriodicTimer(TimeSpan.FromSeconds(1), TimeProvider.System);
        while (Stopwatch.GetElapsedTime(samples[0].Usage.At) < duration && await seconds.WaitForNextTickAsync())
            samples.Add(await Sample.TakeAsync(service));
        return samples;
    }

    private static double Slowest(List<Sample> samples) => samples.Count <= WindowSeconds
        ? Rate(samples[0], samples[^1])
        : Enumerable.Range(0, samples.Count - WindowSeconds).Min(i => Rate(samples[i], samples[i + WindowSeconds]));

    private static double Rate(Sample first, Sample last) =>
        (last.Ledger.Stored - first.Ledger.Stored) / Stopwatch.GetElapsedTime(first.Usage.At, last.Usage.At).TotalSeconds;

    private static void Check(Ledger ledger)
    {
        if (ledger.Lost != 0 || ledger.Duplicates != 0)
            throw new BenchException($"The ledger is wrong: {ledger}");
    }

    private static async Task<Measurement> RunTwinAsync(BenchOptions options)
    {
        using var folder = new WorkFolder(options);
        using var self = Process.GetCurrentProcess();
        var started = ProcessUsage.Read(self);
        var cars = await new CarPipeline(folder.File("inbox.db"), folder.File("main.db")).RunAsync(options.Duration(DefaultSeconds));
        var ended = ProcessUsage.Read(self);
        return new Measurement(
            new("cars/s", cars / Stopwatch.GetElapsedTime(started.At, ended.At).TotalSeconds),
            new("CPU µs/car", (ended.Cpu - started.Cpu).TotalMicroseconds / cars),
            new("CPU %", ended.CpuPercentSince(started)));
    }

    private sealed record Sample(ProcessUsage Usage, Ledger Ledger)
    {
        public static async Task<Sample> TakeAsync(ServiceProcess service)
        {
            var ledger = await Ledger.ReadAsync(service);
            return new Sample(service.Usage(), ledger);
        }
    }
}
