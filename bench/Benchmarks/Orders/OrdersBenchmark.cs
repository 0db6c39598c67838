using System.Diagnostics;
using BusIngest.Bench.Harness;
using BusIngest.Bench.Twins;

namespace BusIngest.Bench.Benchmarks.Orders;

/// <summary>How long a run of a million orders takes, in one process on SQLite.</summary>
internal sealed class OrdersBenchmark : Benchmark
{
    public override string Name => "orders";

    public override string Summary => $"a run of {OrdersRun.Quantity:#,##0} orders from POST to DONE, by the built program on SQLite";

    public override IReadOnlyList<Subject> Subjects(BenchOptions options) => [new("generated and processed", () => RunAsync(options))];

    public override Subject Twin(BenchOptions options) => new("twin: Microsoft.Data.Sqlite", () => RunTwinAsync(options));

    private static async Task<Measurement> RunAsync(BenchOptions options)
    {
        using var folder = new WorkFolder(options);
        await using var service = await ServiceProcess.StartAsync(Programs.Own(options, folder, ("SEEDER_ENABLED", "false")), Programs.Ready);
        return await OrdersRun.MeasureAsync(service);
    }

    private static Task<Measurement> RunTwinAsync(BenchOptions options)
    {
        using var folder = new WorkFolder(options);
        using var self = Process.GetCurrentProcess();
        var before = ProcessUsage.Read(self);
        using (var orders = new RawOrders(folder.File("orders.db")))
            orders.Run(OrdersRun.Quantity);
        var after = ProcessUsage.Read(self);
        var seconds = Stopwatch.GetElapsedTime(before.At, after.At).TotalSeconds;
        return Task.FromResult(new Measurement(
            new("s", seconds), new("orders/s", OrdersRun.Quantity / seconds), new("CPU s, servers aside", (after.Cpu - before.Cpu).TotalSeconds)));
    }
}
