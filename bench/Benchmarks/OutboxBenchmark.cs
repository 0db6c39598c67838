using System.Diagnostics;
using System.Text.Json;
using BusIngest.Bench.Harness;
using BusIngest.Bench.Twins;
using BusIngest.Bus;
using BusIngest.Bus.Storage;
using BusIngest.Contracts.Cars;
using BusIngest.Workers.Cars;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Bench.Benchmarks;

/// <summary>How many single records a second the outbox makes durable for many callers.</summary>
internal sealed class OutboxBenchmark : Benchmark
{
    private const int Callers = 64;
    private const int DefaultSeconds = 10;
    private static readonly TimeSpan DrainDeadline = TimeSpan.FromMinutes(5);

    public override string Name => "outbox";

    public override string Summary => $"durable acknowledgements through IOutbox, {Callers} callers in a closed loop, one car each";

    public override IReadOnlyList<Subject> Subjects(BenchOptions options) =>
    [
        new("acknowledged, not consumed", () => AcknowledgeAsync(options)),
        new("acknowledged and consumed", () => AcknowledgeAndConsumeAsync(options)),
    ];

    public override Subject Twin(BenchOptions options) => new("twin: prepared inserts", () => InsertAsync(options));

    private static async Task<Measurement> AcknowledgeAsync(BenchOptions options)
    {
        await using var host = await InProcessHost.StartAsync(options, AddCars, consumes: false);
        var (calls, figures) = await RunAsync(options, () => host.Outbox.PublishAsync(CarSamples.Draw()));
        Check(calls, host.Parked, "in the inbox");
        return new Measurement(figures);
    }

    private static async Task<Measurement> AcknowledgeAndConsumeAsync(BenchOptions options)
    {
        await using var host = await InProcessHost.StartAsync(options, AddCars);
        var (calls, figures) = await RunAsync(options, () => host.Outbox.PublishAsync(CarSamples.Draw()));
        var parked = host.Parked;
        var drained = await DrainAsync(host);
        Check(calls, host.Query("SELECT count(*) FROM cars"), "stored");
        return new Measurement([.. figures, new("parked at end", parked), new("drained s", drained.TotalSeconds)]);
    }

    private static void AddCars(IServiceCollection services, DataDirectory directory)
    {
        services.AddBus(directory, new BusOptions(), bus => bus.AddCarConsumers(seeder: false));
        services.AddCars(seeder: null);
    }

    private static async Task<Measurement> InsertAsync(BenchOptions options)
    {
        using var folder = new WorkFolder(options);
        await using var rows = new GroupCommit(folder.File("raw.db"));
        var (_, figures) = await RunAsync(
            options, () => rows.InsertAsync(JsonSerializer.SerializeToUtf8Bytes(CarSamples.Draw(), CarsJson.Default.Car)));
        return new Measurement(figures);
    }

    private static async Task<(long Calls, IReadOnlyList<Figure> Figures)> RunAsync(BenchOptions options, Func<Task> call)
    {
        using var self = Process.GetCurrentProcess();
        var before = ProcessUsage.Read(self);
        var (calls, perSecond, latency) = await ClosedLoop.RunAsync(Callers, options.Duration(DefaultSeconds), call);
        var after = ProcessUsage.Read(self);
        return (calls, [new("acks/s", perSecond), .. latency.Figures(), new("CPU µs/ack", (after.Cpu - before.Cpu).TotalMicroseconds / calls)]);
    }

    private static async Task<TimeSpan> DrainAsync(InProcessHost host)
    {
        var started = Stopwatch.GetTimestamp();
        while (host.Parked > 0 && Stopwatch.GetElapsedTime(started) < DrainDeadline)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
        return Stopwatch.GetElapsedTime(started);
    }

    private static void Check(long acknowledged, long found, string where)
    {
        if (acknowledged != found)
            throw new BenchException($"{acknowledged} were acknowledged, and {found} are {where}.");
    }
}
