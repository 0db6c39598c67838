using BusIngest.Bench.Benchmarks.Events;
using BusIngest.Bench.Harness;
using BusIngest.Bench.Twins;

namespace BusIngest.Bench.Benchmarks.Spread;

/// <summary>How many batches of events the program takes over RabbitMQ, and how many events it stores in PostgreSQL meanwhile.</summary>
internal sealed class SpreadEventsBenchmark : Benchmark
{
    public override string Name => "spread-events";

    public override string Summary => $"POST /events in batches of {EventLoad.Batch} through RabbitMQ into PostgreSQL, servers on the same cores";

    public override IReadOnlyList<Subject> Subjects(BenchOptions options) => [new("accepted", () => RunAsync(options))];

    public override Subject Twin(BenchOptions options) => new("twin: Kestrel, RabbitMQ.Client, Npgsql", () => RunTwinAsync(options));

    private static async Task<Measurement> RunAsync(BenchOptions options)
    {
        await using var servers = await Servers.StartAsync();
        using var folder = new WorkFolder(options);
        await using var service = await ServiceProcess.StartAsync(
            Programs.Own(options, folder, [("SEEDER_ENABLED", "false"), ("RATE_LIMIT_PER_MINUTE", "0"), .. Servers.Settings(servers)]), Programs.Ready);
        return await EventLoad.MeasureAsync(options, folder, service);
    }

    private static async Task<Measurement> RunTwinAsync(BenchOptions options)
    {
        await using var servers = await Servers.StartAsync();
        using var folder = new WorkFolder(options);
        var start = Programs.RawHttpServer(folder);
        foreach (var (name, value) in Servers.Settings(servers))
            start.Environment[name] = value;
        await using var service = await ServiceProcess.StartAsync(start, RawHttp.Ready);
        return await EventLoad.MeasureTwinAsync(options, folder, service);
    }
}
