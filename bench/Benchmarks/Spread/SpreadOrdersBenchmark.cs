using System.Diagnostics;
using BusIngest.Bench.Benchmarks.Orders;
using BusIngest.Bench.Harness;
using BusIngest.Bench.Twins;

namespace BusIngest.Bench.Benchmarks.Spread;

/// <summary>How long a run of a million orders takes over RabbitMQ and PostgreSQL, which are on the same cores.</summary>
internal sealed class SpreadOrdersBenchmark : Benchmark
{
    public override string Name => "spread-orders";

    public override string Summary =>
        $"a run of {OrdersRun.Quantity:#,##0} orders from POST to DONE, over RabbitMQ and PostgreSQL, servers on the same cores";

    public override IReadOnlyList<Subject> Subjects(BenchOptions options) => [new("generated and processed", () => RunAsync(options))];

    public override Subject Twin(BenchOptions options) => new("twin: Npgsql", RunTwinAsync);

    private static async Task<Measurement> RunAsync(BenchOptions options)
    {
        await using var servers = await Servers.StartAsync();
        using var folder = new WorkFolder(options);
        await using var service = await ServiceProcess.StartAsync(
            Programs.Own(options, folder, [("SEEDER_ENABLED", "false"), .. Servers.Settings(servers)]), Programs.Ready);
        return await OrdersRun.MeasureAsync(service);
    }

    private static async Task<Measurement> RunTwinAsync()
    {
        await using var servers = await Servers.StartAsync();
        await using var orders = await RawSpreadOrders.StartAsync(servers.DatabaseUrl);
        using var self = Process.GetCurrentProcess();
        var before = ProcessUsage.Read(self);
        await orders.RunAsync(OrdersRun.Quantity);
        var after = ProcessUsage.Read(self);
        var seconds = Stopwatch.GetElapsedTime(before.At, after.At).TotalSeconds;
        return new Measurement(
            new("s", seconds), new("orders/s", OrdersRun.Quantity / seconds), new("CPU s, servers aside", (after.Cpu - before.Cpu).TotalSeconds));
    }
}
