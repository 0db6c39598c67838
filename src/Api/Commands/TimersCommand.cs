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

    private static readonly Option<string?> Status = new("--status") { Description = "Only timers of this status" };
    private static readonly Option<int> Limit = new("--limit") { Description = "How many, 1-10000", DefaultValueFactory = _ => 20 };

    private static readonly Option<int> IntervalMs = new("--interval-ms")
    {
        Description = "Milliseconds between two looks, 100-3600000",
        DefaultValueFactory = _ => 1_000,
    };

    /// <summary>Makes it, with what is below it.</summary>
    public static Command Create() => new("timers", "Shows timers") { Watch() };

    private static Command Watch()
    {
        Status.AcceptOnlyFromAmong([.. TimerStatus.All]);
        Limit.Validators.Add(result => ServiceOptions.CheckRange(result, 1, 10_000));
        IntervalMs.Validators.Add(result => ServiceOptions.CheckRange(result, 100, 3_600_000));
        var watch = new Command("watch", About)
        {
            ServiceOptions.Url, ServiceOptions.ApiKey, Status, Limit, IntervalMs, ServiceOptions.Json,
        };
        watch.SetAction((parsed, cancellationToken) => parsed.GetValue(ServiceOptions.Json)
            ? TimersWatch.RunAsync(Read(parsed), Console.Error, client => TimersWatch.PrintLinesAsync(Console.Out, client, cancellationToken))
            : TimersWatch.RunAsync(Read(parsed), cancellationToken));
        return watch;
    }

    private static WatchOptions Read(ParseResult parsed) => new(
        parsed.GetRequiredValue(ServiceOptions.Url),
        parsed.GetValue(ServiceOptions.ApiKey),
        parsed.GetValue(Status),
        parsed.GetValue(Limit),
        TimeSpan.FromMilliseconds(parsed.GetValue(IntervalMs)));
}
