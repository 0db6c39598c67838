using System.CommandLine;
using BusIngest.Api.Commands.Events;

namespace BusIngest.Api.Commands.Bench;

/// <summary>The command `bench`.</summary>
internal static class BenchCommand
{
    private const string About = """
        Loads a running service by its public routes, says how fast it is, and checks that everything it acknowledged is stored, once.

          BusIngest.Api bench cars                              for 10 s, 20 a request over 32 connections
          BusIngest.Api bench events --duplicates 0.3           a third of them sent twice
          BusIngest.Api bench timers --seconds 30

        What it sends stays in the service's data, and this program takes a part of the machine: a load from another machine tells more.
        """;

    private const string CarsAbout = """
        Posts cars, and then looks for each of them in the service's ledger and listing. They are of a make of their own (bench-…), so other cars do not matter.

          BusIngest.Api bench cars --connections 32 --seconds 10 --batch 20
          BusIngest.Api bench cars --batch 1 --rate 500         at a steady pace
          BusIngest.Api bench cars --json | jq .recordsPerSec
        """;

    private const string EventsAbout = """
        Posts events, some of them more than once, and then compares the summaries: the totals and the busiest users of every account must be those of
        what was accepted. The accounts are new ones of this run, so other data does not matter.

          BusIngest.Api bench events --batch 10
          BusIngest.Api bench events --rate 2000 --seconds 60   at a steady pace
          BusIngest.Api bench events --duplicates 0.3 --whale 0.5

        Start the service with RATE_LIMIT_PER_MINUTE=0, or its limit of 500 requests a minute is what you measure.
        """;

    private const string TimersAbout = """
        Sets timers that are due in a year, one a request, looks for each of them in the listing, and cancels them. No webhook is called.

          BusIngest.Api bench timers --connections 64
          BusIngest.Api bench timers --keep                     leaves them Scheduled
          BusIngest.Api bench timers --url https://busingest.example --api-key "$KEY"
        """;

    private const string Rules = """


        What is refused (429) or breaks off (503, a broken connection) is sent again. Exits with 0 when something was acknowledged and all of that is stored once; with
        1 when it is not, with a line for each difference; --json gives a line {"requestsPerSec":…,"p99Ms":…,"answers":{"202":…},"acknowledged":…,"stored":…,…} at the end.
        """;

    private static readonly Option<int> Connections = CommandOptions.Whole("--connections", "Requests at once", 32, 1, 1_024);
    private static readonly Option<int> Seconds = CommandOptions.Whole("--seconds", "For how long", 10, 1, 3_600);
    private static readonly Option<int> Rate = CommandOptions.Whole("--rate", "Records a second, repeats included; 0: as many as it takes", 0, 0, 10_000_000);
    private static readonly Option<int> CarBatch = CommandOptions.Whole("--batch", "Cars a request", 20, 1, 10_000);
    private static readonly Option<int> EventBatch = CommandOptions.Whole("--batch", "Events a request, repeats included", 20, 1, 1_000);
    private static readonly Option<double> Duplicates = CommandOptions.Share("--duplicates", "The share of what is sent that is a repeat, 0-1", 0.05);
    private static readonly Option<int> Accounts = EventCommandOptions.Accounts(50);
    private static readonly Option<int> Users = EventCommandOptions.Users();
    private static readonly Option<double> Whale = CommandOptions.Share("--whale", "The share of all events that the first account gets, 0-1", 0);
    private static readonly Option<bool> Keep = new("--keep") { Description = "Do not cancel them" };

    private static readonly Option<int> Patience = CommandOptions.Whole(
        "--wait-s", "How long, at the end, to wait until all is stored, in seconds", 60, 1, 86_400);

    /// <summary>Makes it, with what is below it.</summary>
    public static Command Create() => new("bench", About)
    {
        Load("cars", CarsAbout, CarBatch, [], (parsed, client, run) => new CarBench(client, run, TimeProvider.System)),
        Load("events", EventsAbout, EventBatch, [Duplicates, Accounts, Users, Whale], (parsed, client, run) =>
            new EventBench(client, Samples(parsed, run, TimeProvider.System), parsed.GetValue(Duplicates))),
        Load("timers", TimersAbout, null, [Keep], (parsed, client, run) =>
            new TimerBench(client, run, parsed.GetValue(Connections), parsed.GetValue(Keep), TimeProvider.System)),
    };

    private static Command Load(
        string name, string about, Option<int>? batch, IReadOnlyList<Option> own, Func<ParseResult, BenchClient, string, IBenchWorkload> make)
    {
        var load = new Command(name, $"{about}{Rules}") { ServiceOptions.Url, ServiceOptions.ApiKey, ServiceOptions.ApiKeyFile, Connections, Seconds };
        if (batch is not null)
            load.Add(batch);
        load.Add(Rate);
        foreach (var option in own)
            load.Add(option);
        load.Add(Patience);
        load.Add(ServiceOptions.Json);
        load.SetAction((parsed, cancellationToken) => BenchRun.RunAsync(
            Read(parsed, batch),
            client => make(parsed, client, Run(TimeProvider.System)),
            CommandConsole.Of(parsed),
            TimeProvider.System,
            cancellationToken));
        return load;
    }

    private static BenchOptions Read(ParseResult parsed, Option<int>? batch) => new(
        ServiceOptions.Address(parsed),
        ServiceOptions.Key(parsed),
        parsed.GetValue(Connections),
        TimeSpan.FromSeconds(parsed.GetValue(Seconds)),
        batch is null ? 1 : parsed.GetValue(batch))
    {
        Rate = parsed.GetValue(Rate),
        Patience = TimeSpan.FromSeconds(parsed.GetValue(Patience)),
    };

    /// <summary>What no other run is called.</summary>
    private static string Run(TimeProvider time) => $"bench-{time.GetUtcNow():yyMMddHHmmss}-{Random.Shared.Next(0x10000):x4}";

    private static SampleOptions Samples(ParseResult parsed, string run, TimeProvider time)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return new SampleOptions
        {
            Seed = now,
            Accounts = parsed.GetValue(Accounts),
            Users = parsed.GetValue(Users),
            Whale = parsed.GetValue(Whale),
            Until = DateTimeOffset.FromUnixTimeMilliseconds(now),
            AccountPrefix = $"{run}-",
        };
    }
}
