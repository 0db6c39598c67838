using System.CommandLine;
using BusIngest.Api.Timers;

namespace BusIngest.Api.Commands;

/// <summary>The command `timers`.</summary>
internal static class TimersCommand
{
    private const string About = """
        A live table of the newest timers; Ctrl-C ends it. Not on a terminal, it prints the table once; with --json, a line for each timer, once.

          BusIngest.Api timers watch
          BusIngest.Api timers watch --status Failed --limit 100
          BusIngest.Api timers watch --json --limit 10000 | jq -r 'select(.timerStatus == "Failed") | .timerId'
        """;

    private static readonly Option<string?> Status = CommandOptions.Choice("--status", "Only timers of this status", [.. TimerStatus.All]);
    private static readonly Option<int> Limit = CommandOptions.Whole("--limit", "How many, 1-10000", 20, 1, 10_000);

    private static readonly Option<int> IntervalMs =
        CommandOptions.Whole("--interval-ms", "Milliseconds between two looks, 100-3600000", 1_000, 100, 3_600_000);

    /// <summary>Makes it, with what is below it.</summary>
    public static Command Create() => new("timers", "Shows timers") { Watch() };

    private static Command Watch()
    {
        var watch = new Command("watch", About)
        {
            ServiceOptions.Url, ServiceOptions.ApiKey, ServiceOptions.ApiKeyFile, Status, Limit, IntervalMs, ServiceOptions.Json,
        };
        watch.SetAction((parsed, cancellationToken) => TimersWatch.RunAsync(Read(parsed), CommandConsole.Of(parsed), cancellationToken));
        return watch;
    }

    private static WatchOptions Read(ParseResult parsed) => new(
        ServiceOptions.Address(parsed),
        ServiceOptions.Key(parsed),
        parsed.GetValue(Status),
        parsed.GetValue(Limit),
        TimeSpan.FromMilliseconds(parsed.GetValue(IntervalMs)));
}
