using Spectre.Console;
using Spectre.Console.Rendering;

namespace BusIngest.Api.Commands;

/// <summary>Shows how far something is until it is over: as a bar on a terminal, else as a line every two seconds.</summary>
internal static class CommandProgress
{
    private const int BarWidth = 30;
    private static readonly TimeSpan BarEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(2);

    /// <summary>Shows it.</summary>
    /// <param name="work">What is shown.</param>
    /// <param name="state">How far that is.</param>
    /// <param name="console">Where lines go.</param>
    /// <param name="time">The clock.</param>
    public static async Task ShowAsync(Task work, Func<ProgressState> state, CommandConsole console, TimeProvider time)
    {
        if (console.IsTerminal)
            await DrawAsync(work, state, time);
        else
            await PrintAsync(work, state, console, time);
        await work;
    }

    private static async Task PrintAsync(Task work, Func<ProgressState> state, CommandConsole console, TimeProvider time)
    {
        while (!work.IsCompleted)
        {
            await Task.WhenAny(work, Task.Delay(LineEvery, time, CancellationToken.None));
            var now = state();
            if (now.WriteJsonAsync is { } write)
                await write();
            await console.SayAsync(now.Text);
        }
    }

    private static Task DrawAsync(Task work, Func<ProgressState> state, TimeProvider time) => AnsiConsole.Progress()
        .Columns(new ProgressBarColumn { Width = BarWidth }, new PercentageColumn(), new TextColumn())
        .StartAsync(async progress =>
        {
            var bar = progress.AddTask("…");
            while (true)
            {
                var isOver = work.IsCompleted;
                var now = state();
                (bar.MaxValue, bar.Value, bar.Description) = (Math.Max(1, now.Most), now.Value, Markup.Escape(now.Text));
                if (isOver)
                    return;
                await Task.WhenAny(work, Task.Delay(BarEvery, time, CancellationToken.None));
            }
        });

    /// <summary>What a task says of itself, in several lines where there is no room: Spectre's own column takes it from the bar and the percentage.</summary>
    private sealed class TextColumn : ProgressColumn
    {
        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => new Markup(task.Description);
    }
}
