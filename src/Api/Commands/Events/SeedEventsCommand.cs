using System.CommandLine;

namespace BusIngest.Api.Commands.Events;

/// <summary>The command `seed-events`.</summary>
internal static class SeedEventsCommand
{
    private const string About = """
        Makes up events and hands them to the outbox, as a client's would go, in the order of their hours; when it ends, they are stored and in
        the summaries.

        It reads the settings of the program (.env, environment) and takes their DATA_DIR, which must not be another process' at the time: with SQLite,
        stop the service first. Over RABBITMQ_URL the processes that run store the events; give this one a DATA_DIR of its own.

          BusIngest.Api seed-events 1000000                    a million events of 500 accounts in the last 7 days
          BusIngest.Api seed-events 5000000 --whale 0.5        half of them are the first account's
          BusIngest.Api seed-events 1000000 --seed 2           others; the same seed and --until again add nothing
          BusIngest.Api seed-events 1000000 --json             {"events":…,"accepted":…,"stored":…,"elapsedMs":…,…,"isDone":false} every 2 s

        Exits with 0 when all are stored.
        """;

    private const long Most = 1_000_000_000;

    private static readonly DateTimeOffset EarliestEnd = new(1981, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset LatestEnd = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Argument<long> Count = new("N")
    {
        Description = $"How many events, 1-{Most}",
        CustomParser = result => CommandOptions.ReadWhole(result, "N", 1, Most),
    };

    private static readonly Option<long> Seed = CommandOptions.Whole("--seed", "What they are drawn from", 1, long.MinValue, long.MaxValue);
    private static readonly Option<int> Accounts = EventCommandOptions.Accounts(500);
    private static readonly Option<int> Users = EventCommandOptions.Users();
    private static readonly Option<int> Days = CommandOptions.Whole("--days", "Over how many days they are spread, 1-3650", 7, 1, 3_650);
    private static readonly Option<double> Whale = CommandOptions.Share("--whale", "The share of all events that the first account gets, 0-1", 0);
    private static readonly Option<DateTimeOffset?> Until = CommandOptions.Time(
        "--until", "When the days end; now, to the hour, by default", EarliestEnd, LatestEnd);

    /// <summary>Makes it.</summary>
    public static Command Create()
    {
        var seed = new Command("seed-events", About) { Count, Seed, Accounts, Users, Days, Whale, Until, ServiceOptions.Json };
        seed.SetAction((parsed, cancellationToken) => SeedEventsRun.RunAsync(
            parsed.GetValue(Count), Read(parsed, TimeProvider.System), CommandConsole.Of(parsed), cancellationToken));
        return seed;
    }

    private static SampleOptions Read(ParseResult parsed, TimeProvider time)
    {
        var now = time.GetUtcNow();
        return new SampleOptions
        {
            Seed = parsed.GetValue(Seed),
            Accounts = parsed.GetValue(Accounts),
            Users = parsed.GetValue(Users),
            Days = parsed.GetValue(Days),
            Events = parsed.GetValue(Count),
            Whale = parsed.GetValue(Whale),
            Until = parsed.GetValue(Until) ?? new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero),
        };
    }
}
