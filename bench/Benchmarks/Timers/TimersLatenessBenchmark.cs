using System.Diagnostics;
using BusIngest.Bench.Harness;
using BusIngest.Bench.Twins;

namespace BusIngest.Bench.Benchmarks.Timers;

/// <summary>How late webhooks are called when timers fire evenly. Each was set beforehand, at the same pace.</summary>
internal sealed class TimersLatenessBenchmark : Benchmark
{
    private const int PerSecond = 300;
    private const int DefaultSeconds = 30;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);

    /// <summary>Between the last that is set and the first that is due.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    public override string Name => "timers-lateness";

    public override string Summary => $"from due to the webhook's arrival, {PerSecond} timers a second for --seconds, by the built program";

    public override IReadOnlyList<Subject> Subjects(BenchOptions options) => [new("built program", () => RunAsync(options))];

    public override Subject Twin(BenchOptions options) => new("twin: Quartz, RAM store", () => RunTwinAsync(options));

    private static async Task<Measurement> RunAsync(BenchOptions options)
    {
        await using var sink = await WebhookSink.StartAsync();
        using var folder = new WorkFolder(options);
        await using var program = await TimersProgram.StartAsync(options, folder);
        return await MeasureAsync(options, sink, program.Service.Process, delay => program.CreateAsync(delay, sink.Address));
    }

    private static async Task<Measurement> RunTwinAsync(BenchOptions options)
    {
        await using var sink = await WebhookSink.StartAsync();
        await using var timers = await QuartzTimers.StartAsync(sink.Address);
        using var self = Process.GetCurrentProcess();
        return await MeasureAsync(options, sink, self, delay => timers.SetAsync(TimeProvider.System.GetUtcNow() + delay));
    }

    private static async Task<Measurement> MeasureAsync(BenchOptions options, WebhookSink sink, Process process, Func<TimeSpan, Task> create)
    {
        await FireAsync(sink, create, WarmUp);
        sink.Clear();
        var before = ProcessUsage.Read(process);
        var timers = await FireAsync(sink, create, options.Duration(DefaultSeconds));
        var after = ProcessUsage.Read(process);
        var (first, last) = (sink.Arrivals.Min(x => x.At), sink.Arrivals.Max(x => x.At));
        return new Measurement(
        [
            .. sink.Lateness().Figures(),
            new("fires/s", timers / (last - first).TotalSeconds),
            new("CPU µs/timer", (after.Cpu - before.Cpu).TotalMicroseconds / timers),
        ]);
    }

    /// <summary>Sets timers evenly for a time, and waits until the last has called.</summary>
    private static async Task<int> FireAsync(WebhookSink sink, Func<TimeSpan, Task> create, TimeSpan duration)
    {
        var count = (int)(PerSecond * duration.TotalSeconds);
        var delay = duration + Pause;
        var creating = new List<Task>(count);
        var started = Stopwatch.GetTimestamp();
        using var ticks = new PeriodicTimer(Tick, TimeProvider.System);
        while (creating.Count < count && await ticks.WaitForNextTickAsync())
        {
            var now = Math.Min(count, (int)(Stopwatch.GetElapsedTime(started).TotalSeconds * PerSecond));
            while (creating.Count < now)
                creating.Add(create(delay));
        }

        await Task.WhenAll(creating);
        await sink.WaitForAsync(count, delay + TimeSpan.FromMinutes(2));
        return count;
    }
}
