using BusIngest.Bench.Harness;

namespace BusIngest.Bench.Benchmarks.Timers;

/// <summary>Sets timers that are due in an hour, as fast as they are accepted.</summary>
internal static class CreationLoad
{
    /// <summary>How many clients there are.</summary>
    public const int Connections = 32;

    private static readonly byte[] InAnHour = TimersProgram.Body(TimeSpan.FromHours(1));

    /// <summary>Sets timers, and holds what was accepted against the sagas there are once all have begun.</summary>
    public static async Task<IReadOnlyList<Figure>> MeasureAsync(BenchOptions options, WorkFolder folder, TimersProgram program, TimeSpan duration)
    {
        await RunAsync(options, folder, program.Timers, TimeSpan.FromSeconds(3));
        await program.BegunAsync();
        var before = (await program.CountAsync()).Total;

        using var stop = new CancellationTokenSource();
        var memory = MaxMemoryAsync(program.Service, stop.Token);
        var (load, figures) = await MeasureAsync(program.Service, () => RunAsync(options, folder, program.Timers, duration));
        await stop.CancelAsync();

        var backlog = await program.ParkedAsync();
        var begun = await program.BegunAsync();
        Check(load, (await program.CountAsync()).Total - before);
        return
        [
            .. figures,
            new("RSS max MB", await memory),
            new("accepted", load.Requests - load.Errors),
            new("not begun at end", backlog),
            new("all begun after s", begun.TotalSeconds),
        ];
    }

    /// <summary>Sets timers.</summary>
    public static Task<LoadResult> RunAsync(BenchOptions options, WorkFolder folder, Uri timers, TimeSpan duration) =>
        LoadClient.PostAsync(options, folder, timers, InAnHour, Connections, duration);

    /// <summary>Adds to a load what it costs the process.</summary>
    public static async Task<(LoadResult Load, IReadOnlyList<Figure> Figures)> MeasureAsync(ServiceProcess service, Func<Task<LoadResult>> run)
    {
        var first = service.Usage();
        var load = await run();
        var last = service.Usage();
        return (load,
        [
            .. load.Figures(),
            new("CPU µs/request", (last.Cpu - first.Cpu).TotalMicroseconds / load.Requests),
            new("RSS MB", last.ResidentMegabytes),
        ]);
    }

    private static async Task<double> MaxMemoryAsync(ServiceProcess service, CancellationToken stop)
    {
        var max = 0.0;
        while (!stop.IsCancellationRequested)
        {
            max = Math.Max(max, service.Usage().ResidentMegabytes);
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return Math.Max(max, service.Usage().ResidentMegabytes);
    }

    /// <summary>Requests that were under way when the client stopped may have been accepted beyond those that it saw answered.</summary>
    private static void Check(LoadResult load, long sagas)
    {
        var answered = load.Requests - load.Errors;
        if (sagas < answered || sagas > answered + Connections)
            throw new BenchException($"{answered} timers were accepted, and {sagas} have begun.");
    }
}
