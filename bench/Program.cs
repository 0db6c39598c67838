using BusIngest.Bench;
using BusIngest.Bench.Benchmarks;
using BusIngest.Bench.Benchmarks.Dashboard;
using BusIngest.Bench.Benchmarks.Events;
using BusIngest.Bench.Benchmarks.Orders;
using BusIngest.Bench.Benchmarks.Sagas;
using BusIngest.Bench.Benchmarks.Spread;
using BusIngest.Bench.Benchmarks.Sync;
using BusIngest.Bench.Benchmarks.Timers;
using BusIngest.Bench.Harness;
using BusIngest.Bench.Twins;

Benchmark[] benchmarks =
[
    new OutboxBenchmark(), new CarsBenchmark(), new HttpBenchmark(), new CommitBenchmark(), new StartBenchmark(), new SagasBenchmark(),
    new TimersHttpBenchmark(), new TimersWaitingBenchmark(), new TimersLatenessBenchmark(), new TimersBurstBenchmark(),
    new OrdersBenchmark(),
    new SpreadCarsBenchmark(), new SpreadOutboxBenchmark(), new SpreadDrainBenchmark(), new SpreadOrdersBenchmark(),
    new EventsBenchmark(), new SpreadEventsBenchmark(), new SummariesBenchmark(), new SeedEventsBenchmark(),
    new SyncBenchmark(postgres: false), new SyncBenchmark(postgres: true),
    new DashboardBenchmark(),
];

try
{
    var options = BenchOptions.Parse(args);
    switch (options.Name)
    {
        case "list":
            foreach (var benchmark in benchmarks)
                Console.WriteLine($"{benchmark.Name,-16} {benchmark.Summary}");
            return 0;
        case RawHttp.Name:
            await RawHttp.RunAsync(options.Directory);
            return 0;
        default:
            return await Runner.RunAsync(options.Select(benchmarks), options);
    }
}
catch (BenchException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
