using System.Diagnostics;
using BusIngest.Bench.Harness;
using BusIngest.Bench.Twins;

namespace BusIngest.Bench.Benchmarks.Spread;

/// <summary>How many cars a second go through RabbitMQ into PostgreSQL, broker and database on the same cores.</summary>
internal sealed class SpreadCarsBenchmark : Benchmark
{
    private const int DefaultSeconds = 30;

    public override string Name => "spread-cars";

    public override string Summary => "cars generated at interval 0, through RabbitMQ into PostgreSQL, servers on the same cores";

    public override IReadOnlyList<Subject> Subjects(BenchOptions options) => [new("generated and stored", () => RunAsync(options))];

    public override Subject Twin(BenchOptions options) => new("twin: RabbitMQ.Client and Npgsql", () => RunTwinAsync(options));

    private static async Task<Measurement> RunAsync(BenchOptions options)
    {
        await using var servers = await Servers.StartAsync();
        using var folder = new WorkFolder(options);
        await using var service = await ServiceProcess.StartAsync(
            Programs.Own(options, folder, [("CAR_GENERATION_INTERVAL_MS", "0"), .. Servers.Settings(servers)]), Programs.Ready);
        // The first chunks meet a broker and a database that are still warming up.
        await Ledger.StoredAsync(service, 50_000);

        var (first, before) = (await Ledger.ReadAsync(service), service.Usage());
        var most = before.ResidentMegabytes;
        using var seconds = new PeriodicTimer(TimeSpan.FromSeconds(1), TimeProvider.System);
        while (Stopwatch.GetElapsedTime(before.At) < options.Duration(DefaultSeconds) && await seconds.WaitForNextTickAsync())
            most = Math.Max(most, service.Usage().ResidentMegabytes);
        var (last, after) = (await Ledger.ReadAsync(service), service.Usage());

        if (last.Lost != 0 || last.Duplicates != 0)
            throw new BenchException($"The ledger is wrong: {last}");
        var cars = last.Stored - first.Stored;
        return new Measurement(
            new("cars/s", cars / Stopwatch.GetElapsedTime(before.At, after.At).TotalSeconds),
            new("CPU µs/car, servers aside", (after.Cpu - before.Cpu).TotalMicroseconds / cars),
            new("parked at end", last.Parked),
            new("in flight at end", last.InFlight),
            new("RSS first MB", before.ResidentMegabytes),
            new("RSS last MB", after.ResidentMegabytes),
            new("RSS max MB", most));
    }

    private static async Task<Measurement> RunTwinAsync(BenchOptions options)
    {
        await using var servers = await Servers.StartAsync();
        using var self = Process.GetCurrentProcess();
        var before = ProcessUsage.Read(self);
        var (cars, elapsed) = await new RawSpreadCars(servers.RabbitMqUrl, servers.DatabaseUrl).RunAsync(options.Duration(DefaultSeconds));
        var after = ProcessUsage.Read(self);
        return new Measurement(
            new("cars/s", cars / elapsed.TotalSeconds), new("CPU µs/car, servers aside", (after.Cpu - before.Cpu).TotalMicroseconds / cars));
    }
}
