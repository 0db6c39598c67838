using BusIngest.Api.Timers;
using Spectre.Console;

namespace BusIngest.Api.Commands;

/// <summary>`timers watch`: a table that follows a service's timers.</summary>
internal static class TimersWatch
{
    /// <summary>How wide a table is that goes into a file or a pipe.</summary>
    private const int PlainWidth = 200;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>Shows the table: again and again on a terminal, once elsewhere; or lines of JSON.</summary>
    /// <returns>What the process exits with: 0, also when somebody ends the table.</returns>
    public static Task<int> RunAsync(WatchOptions options, CommandConsole console, CancellationToken cancellationToken) => console.RunAsync(async () =>
    {
        using var client = new TimersClient(options);
        if (console.IsJson)
            await PrintLinesAsync(console, client, cancellationToken);
        else if (console.IsTerminal)
            await FollowAsync(client, options, TimeProvider.System, cancellationToken);
        else
            console.Draw(TimersTable.Of(await client.ReadAsync(cancellationToken), TimeSpan.Zero));
        return 0;
    });

    /// <summary>A console that writes text without colours, in lines of <see cref="PlainWidth"/> characters.</summary>
    public static IAnsiConsole PlainConsole(TextWriter text)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = PlainWidth;
        return console;
    }

    private static async Task PrintLinesAsync(CommandConsole console, TimersClient client, CancellationToken cancellationToken)
    {
        foreach (var timer in (await client.ReadAsync(cancellationToken)).Timers)
            await console.WriteAsync(timer, TimerApiJson.Default.TimerView);
    }

    private static async Task FollowAsync(
        TimersClient client, WatchOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        // The first look is before the table, so that an error stands alone.
        var page = await client.ReadAsync(cancellationToken);
        await AnsiConsole.Live(TimersTable.Of(page, TimeSpan.Zero)).StartAsync(async live =>
        {
            try
            {
                while (true)
                {
                    await CountDownAsync(live, page, options.Interval, time, cancellationToken);
                    page = await client.ReadAsync(cancellationToken);
                }
            }
            catch (OperationCanceledException)
            {
                // Ctrl-C is how it ends.
            }
        });
    }

    /// <summary>Shows a page until it is time for the next one, counting down every second.</summary>
    private static async Task CountDownAsync(
        LiveDisplayContext live, TimerPage page, TimeSpan interval, TimeProvider time, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        for (var age = TimeSpan.Zero; age < interval; age = time.GetElapsedTime(begun))
        {
            live.UpdateTarget(TimersTable.Of(page, age));
            await Task.Delay(interval - age < Second ? interval - age : Second, time, cancellationToken);
        }
    }
}
