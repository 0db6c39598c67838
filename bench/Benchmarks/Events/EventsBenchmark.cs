using BusIngest.Bench.Harness;
using BusIngest.Bench.Twins;

namespace BusIngest.Bench.Benchmarks.Events;

/// <summary>How many batches of events one process takes on SQLite, and how many events it stores meanwhile.</summary>
internal sealed class EventsBenchmark : Benchmark
{
    public override string Name => "events";

    public override string Summary => $"POST /events in batches of {EventLoad.Batch}, 32 connections, into one process on SQLite; what is stored meanwhile";

    public override IReadOnlyList<Subject> Subjects(BenchOptions options) => [new("accepted", () => RunAsync(options))];

    public override Subject Twin(BenchOptions options) => new("twin: Kestrel and inserts", () => RunTwinAsync(options));

    private static async Task<Measurement> RunAsync(BenchOptions options)
    {
        using var folder = new WorkFolder(options);
        await using var service = await ServiceProcess.StartAsync(
            Programs.Own(options, folder, ("SEEDER_ENABLED", "false"), ("RATE_LIMIT_PER_MINUTE", "0")), Programs.Ready);
        return await EventLoad.MeasureAsync(options, folder, service);
    }

    private static async Task<Measurement> RunTwinAsync(BenchOptions options)
    {
        using var folder = new WorkFolder(options);
        await using var service = await ServiceProcess.StartAsync(Programs.RawHttpServer(folder), RawHttp.Ready);
        return await EventLoad.MeasureTwinAsync(options, folder, service);
    }
}
