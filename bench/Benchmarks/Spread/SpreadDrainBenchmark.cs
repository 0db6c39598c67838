using System.Diagnostics;
using System.Net.Http.Json;
using BusIngest.Bench.Benchmarks.Timers;
using BusIngest.Bench.Harness;
using BusIngest.Bench.Twins;

namespace BusIngest.Bench.Benchmarks.Spread;

/// <summary>How fast what was parked while the lane was away is sent, with new cars flowing past it.</summary>
internal sealed class SpreadDrainBenchmark : Benchmark
{
    private const int Cars = 100_000;
    private const int Callers = 64;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(10);

    public override string Name => "spread-drain";

    public override string Summary => $"{Cars:N0} cars posted one by one while isolated, then sent to RabbitMQ while 1,000 new ones a second flow";

    public override IReadOnlyList<Subject> Subjects(BenchOptions options) => [new("parked, then drained", () => RunAsync(options))];

    public override Subject Twin(BenchOptions options) => new("twin: RabbitMQ.Client, 1,000 cars a message", () => RunTwinAsync(options));

    private static async Task<Measurement> RunAsync(BenchOptions options)
    {
        await using var servers = await Servers.StartAsync();
        using var folder = new WorkFolder(options);
        await using var service = await ServiceProcess.StartAsync(
            Programs.Own(options, folder, [("SEEDER_ENABLED", "false"), .. Servers.Settings(servers)]), Programs.Ready);
        await SteerAsync(service, "isolate");
        await ClosedLoop.RunAsync(Callers, Cars, _ => PostAsync(service, 1));

        using var stopping = new CancellationTokenSource();
        var flowing = FlowAsync(service, stopping.Token);
        var started = Stopwatch.GetTimestamp();
        await SteerAsync(service, "close");
        while ((await OutboxAsync(service)).Parked > 0)
            await Task.Delay(Pace, TimeProvider.System, CancellationToken.None);
        var drained = Stopwatch.GetElapsedTime(started);
        await stopping.CancelAsync();
        var posted = await flowing;

        var ledger = await Ledger.SettledAsync(service);
        if (ledger.Stored != Cars + posted || ledger.Lost != 0)
            throw new BenchException($"{Cars + posted} were accepted: {ledger}");
        return new Measurement(
            new("cars/s drained", Cars / drained.TotalSeconds),
            new("drained s", drained.TotalSeconds),
            new("new cars meanwhile", posted));
    }

    private static async Task<Measurement> RunTwinAsync(BenchOptions options)
    {
        await using var servers = await Servers.StartAsync();
        await using var publisher = await RawPublisher.StartAsync(servers.RabbitMqUrl);
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Cars / 1_000).Select(_ => publisher.PublishAsync(CarSamples.Draw(1_000))));
        var drained = Stopwatch.GetElapsedTime(started);
        return new Measurement(new("cars/s drained", Cars / drained.TotalSeconds), new("drained s", drained.TotalSeconds));
    }

    private static async Task<long> FlowAsync(ServiceProcess service, CancellationToken stopping)
    {
        var posted = 0L;
        using var timer = new PeriodicTimer(Pace, TimeProvider.System);
        while (!stopping.IsCancellationRequested && await timer.WaitForNextTickAsync(CancellationToken.None))
        {
            await PostAsync(service, 10);
            posted += 10;
        }

        return posted;
    }

    private static async Task PostAsync(ServiceProcess service, int count)
    {
        using var response = await service.Http.PostAsJsonAsync("/cars", CarSamples.DrawWithoutIds(count), RawJson.Default.RawCarArray);
        response.EnsureSuccessStatusCode();
    }

    private static async Task SteerAsync(ServiceProcess service, string verb)
    {
        using var response = await service.Http.PostAsync($"/outbox/{verb}", content: null);
        response.EnsureSuccessStatusCode();
    }

    private static async Task<OutboxCounts> OutboxAsync(ServiceProcess service) =>
        (await service.Http.GetFromJsonAsync("/outbox", SagaCountsJson.Default.OutboxCounts))!;
}
