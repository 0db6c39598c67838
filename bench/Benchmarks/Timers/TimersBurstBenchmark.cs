using BusIngest.Bench.Harness;
using BusIngest.Bench.Twins;

namespace BusIngest.Bench.Benchmarks.Timers;

/// <summary>How long it takes until webhooks of many timers are called that are due within the same second.</summary>
internal sealed class TimersBurstBenchmark : Benchmark
{
    private const int Timers = 10_000;
    private const int Clients = 32;
    private const int DefaultSeconds = 30;

    /// <summary>Near the end of a second the program's clock may be in the next one when it reads the request.</summary>
    private const int LatestMillisecond = 900;

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);

    public override string Name => "timers-burst";

    public override string Summary => $"{Timers:#,##0} timers that are due within one second, --seconds after the first is set, by the built program";

    public override IReadOnlyList<Subject> Subjects(BenchOptions options) => [new("built program", () => RunAsync(options))];

    public override Subject Twin(BenchOptions options) => new("twin: Quartz, RAM store", () => RunTwinAsync(options));

    private static async Task<Measurement> RunAsync(BenchOptions options)
    {
        await using var sink = await WebhookSink.StartAsync();
        using var folder = new WorkFolder(options);
        await using var program = await TimersProgram.StartAsync(options, folder);
        var second = SecondOf(options);
        await ClosedLoop.RunAsync(Clients, Timers, _ => CreateAsync(program, sink, second));
        await program.BegunAsync();
        var begun = TimeProvider.System.GetUtcNow();

        await sink.WaitForAsync(Timers, second - begun + Deadline);
        await program.FinishedAsync(Timers);
        var finished = TimeProvider.System.GetUtcNow();
        return new Measurement(
        [
            .. Figures(sink),
            new("finished s", (finished - FirstDue(sink)).TotalSeconds),
            new("begun before due s", (FirstDue(sink) - begun).TotalSeconds),
        ]);
    }

    private static async Task<Measurement> RunTwinAsync(BenchOptions options)
    {
        await using var sink = await WebhookSink.StartAsync();
        await using var timers = await QuartzTimers.StartAsync(sink.Address);
        var second = SecondOf(options);
        await ClosedLoop.RunAsync(Clients, Timers, number => timers.SetAsync(second.AddSeconds((double)number / Timers)));
        await sink.WaitForAsync(Timers, second - TimeProvider.System.GetUtcNow() + Deadline);
        return new Measurement(Figures(sink));
    }

    private static async Task CreateAsync(TimersProgram program, WebhookSink sink, DateTimeOffset second)
    {
        var now = TimeProvider.System.GetUtcNow();
        if (now.Millisecond > LatestMillisecond)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1_000 - now.Millisecond), TimeProvider.System, CancellationToken.None);
            now = TimeProvider.System.GetUtcNow();
        }

        await program.CreateAsync(TimeSpan.FromSeconds(Math.Max(0, second.ToUnixTimeSeconds() - now.ToUnixTimeSeconds())), sink.Address);
    }

    private static DateTimeOffset SecondOf(BenchOptions options) =>
        DateTimeOffset.FromUnixTimeSeconds((TimeProvider.System.GetUtcNow() + options.Duration(DefaultSeconds)).ToUnixTimeSeconds());

    private static List<Figure> Figures(WebhookSink sink) =>
    [
        new("delivered s", (sink.Arrivals.Max(x => x.At) - FirstDue(sink)).TotalSeconds),
        .. sink.Lateness().Figures(),
        new("due within s", (sink.Arrivals.Max(x => x.DueAt) - FirstDue(sink)).TotalSeconds),
    ];

    private static DateTimeOffset FirstDue(WebhookSink sink) => sink.Arrivals.Min(x => x.DueAt);
}
