using BusIngest.Bench.Harness;

namespace BusIngest.Bench.Benchmarks.Timers;

/// <summary>What a million waiting timers cost: memory, and the speed at which others are set. They are made by <see cref="WaitingTimers"/>.</summary>
internal sealed class TimersWaitingBenchmark : Benchmark
{
    private const int Waiting = 1_000_000;
    private const int DefaultSeconds = 60;

    public override string Name => "timers-waiting";

    public override string Summary => $"as timers-http with {Waiting:#,##0} timers waiting, made beforehand; twin: the same program without them";

    public override IReadOnlyList<Subject> Subjects(BenchOptions options) => [new($"{Waiting:#,##0} waiting", () => RunAsync(options, Waiting))];

    public override Subject Twin(BenchOptions options) => new("twin: none waiting", () => RunAsync(options, 0));

    private static async Task<Measurement> RunAsync(BenchOptions options, int waiting)
    {
        using var folder = new WorkFolder(options);
        if (waiting > 0)
            await WaitingTimers.MakeAsync(options, folder, waiting);
        await using var program = await TimersProgram.StartAsync(options, folder);
        var found = (await program.CountAsync()).States["Scheduled"];
        if (found < waiting)
            throw new BenchException($"{waiting} timers should wait, and {found} do.");
        return new Measurement(await CreationLoad.MeasureAsync(options, folder, program, options.Duration(DefaultSeconds)));
    }
}
