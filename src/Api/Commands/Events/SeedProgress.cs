using Spectre.Console;

namespace BusIngest.Api.Commands.Events;

/// <summary>Shows how far seeding is: as a bar on a terminal, else as a line every two seconds.</summary>
internal static class SeedProgress
{
    private static readonly TimeSpan BarEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(2);

    /// <summary>Shows it until it is over.</summary>
    /// <param name="seeding">What is shown.</param>
    /// <param name="state">How far that is.</param>
    /// <param name="console">Where lines go.</param>
    /// <param name="time">The clock.</param>
    public static async Task ShowAsync(Task seeding, Func<SeedState> state, CommandConsole console, TimeProvider time)
    {
        if (console.IsTerminal)
            await DrawAsync(seeding, state, time);
        else
            await PrintAsync(seeding, state, console, time);
        await seeding;
    }

    private static async Task PrintAsync(Task seeding, Func<SeedState> state, CommandConsole console, TimeProvider time)
    {
        while (!seeding.IsCompleted)
        {
            await Task.WhenAny(seeding, Task.Delay(LineEvery, time, CancellationToken.None));
            var now = state();
            await console.WriteAsync(SeedLine.Of(now), CommandJson.Default.SeedLine);
            await console.SayAsync(now.ToString());
        }
    }

    private static Task DrawAsync(Task seeding, Func<SeedState> state, TimeProvider time) => AnsiConsole.Progress()
        .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
        .StartAsync(async progress =>
        {
            var bar = progress.AddTask("…");
            while (true)
            {
                var isOver = seeding.IsCompleted;
                var now = state();
                (bar.MaxValue, bar.Value, bar.Description) = (now.Events, now.Stored, Markup.Escape(now.ToString()));
                if (isOver)
                    return;
                await Task.WhenAny(seeding, Task.Delay(BarEvery, time, CancellationToken.None));
            }
        });
}
