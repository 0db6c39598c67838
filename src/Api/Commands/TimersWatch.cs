using System.Text.Json;
using BusIngest.Api.Timers;
using Spectre.Console;

namespace BusIngest.Api.Commands;

/// <summary>`timers watch`: a table that follows a service's timers.</summary>
internal static class TimersWatch
{
    /// <summary>How wide a table is that goes into a file or a pipe.</summary>
    private const int PlainWidth = 200;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>Shows the table on the console.</summary>
    /// <returns>What the process exits with.</returns>
    public static Task<int> RunAsync(WatchOptions options, CancellationToken cancellationToken) =>
        Console.IsOutputRedirected
            ? RunAsync(options, Console.Error, client => PrintAsync(PlainConsole(Console.Out), client, cancellationToken))
            : RunAsync(options, Console.Error, client => FollowAsync(client, options, TimeProvider.System, cancellationToken));

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

    /// <summary>Prints the table once.</summary>
    /// <exception cref="CommandException">The service can't be reached, or does not answer with timers.</exception>
    public static async Task PrintAsync(IAnsiConsole console, TimersClient client, CancellationToken cancellationToken) =>
        console.Write(TimersTable.Of(await client.ReadAsync(cancellationToken), TimeSpan.Zero));

    /// <summary>Prints a line of JSON for each timer, once.</summary>
    /// <exception cref="CommandException">The service can't be reached, or does not answer with timers.</exception>
    public static async Task PrintLinesAsync(TextWriter text, TimersClient client, CancellationToken cancellationToken)
    {
        foreach (var timer in (await client.ReadAsync(cancellationToken)).Timers)
            await text.WriteLineAsync(JsonSerializer.Serialize(timer, TimerApiJson.Default.TimerView));
    }

    /// <summary>Runs with a client, and writes what goes wrong in one line.</summary>
    public static async Task<int> RunAsync(WatchOptions options, TextWriter errors, Func<TimersClient, Task> show)
    {
        using var client = new TimersClient(options);
        try
        {
            await show(client);
            return 0;
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C.
            return 0;
        }
        catch (CommandException exception)
        {
            await errors.WriteLineAsync(exception.Message);
            return CommandException.ExitCode;
        }
    }

    private static async Task FollowAsync(
        TimersClient client, WatchOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        // The first look is before the table, so that an error stands alone.
        var page = await client.ReadAsync(cancellationToken);
        await AnsiConsole.Live(TimersTable.Of(page, TimeSpan.Zero)).StartAsync(async live =>
        {
            while (true)
            {
                await CountDownAsync(live, page, options.Interval, time, cancellationToken);
                page = await client.ReadAsync(cancellationToken);
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
