using System.CommandLine;

namespace BusIngest.Api.Commands.Events;

/// <summary>The command `load-events`.</summary>
internal static class LoadEventsCommand
{
    private const string About = """
        Posts events to a service, some of them more than once, and then checks that every accepted event counts once: the totals and the busiest users of
        every account must be those of what was sent. The accounts are new ones of this run, so other data does not matter.

        What is refused for now (429, 503) or breaks off is sent again. Exits with 0 when everything was accepted and all is right, else with 1.

          BusIngest.Api load-events                                  50,000 events, 10 a request, as fast as it goes
          BusIngest.Api load-events --rate 2000 --events 100000      at a steady pace
          BusIngest.Api load-events --duplicates 0.3 --batch 100     a third of what is sent are repeats
          BusIngest.Api load-events --json                           one line at the end: {"requests":…,"accepted":…,"p99Ms":…,"differences":[],…}

        Start the service with RATE_LIMIT_PER_MINUTE=0, or its limit of 500 requests a minute is what you measure.
        """;

    private static readonly Option<int> Count = EventCommandOptions.Whole("--events", "Different events", 50_000, 1, 50_000_000);
    private static readonly Option<int> Rate = EventCommandOptions.Whole("--rate", "Events a second, repeats included; 0: as many as it takes", 0, 0, 10_000_000);
    private static readonly Option<int> Connections = EventCommandOptions.Whole("--connections", "Requests at once", 16, 1, 1_024);
    private static readonly Option<int> Batch = EventCommandOptions.Whole("--batch", "Events a request, repeats included", 10, 1, 1_000);
    private static readonly Option<double> Duplicates = EventCommandOptions.Share("--duplicates", "The share of what is sent that is a repeat, 0-1", 0.05);
    private static readonly Option<int> Accounts = EventCommandOptions.Accounts(50);
    private static readonly Option<int> Users = EventCommandOptions.Users();
    private static readonly Option<double> Whale = EventCommandOptions.Share("--whale", "The share of all events that the first account gets, 0-1", 0);
    private static readonly Option<long?> Seed = new("--seed") { Description = "What they are drawn from; another one each time by default" };

    /// <summary>Makes it.</summary>
    public static Command Create()
    {
        var load = new Command("load-events", About)
        {
            ServiceOptions.Url, ServiceOptions.ApiKey, Count, Rate, Connections, Batch, Duplicates, Accounts, Users, Whale, Seed, ServiceOptions.Json,
        };
        load.SetAction((parsed, cancellationToken) => LoadEventsRun.RunAsync(
            Read(parsed), Samples(parsed, TimeProvider.System), CommandConsole.Of(parsed), TimeProvider.System, cancellationToken));
        return load;
    }

    private static LoadOptions Read(ParseResult parsed) => new(
        parsed.GetRequiredValue(ServiceOptions.Url),
        parsed.GetValue(ServiceOptions.ApiKey),
        parsed.GetValue(Count),
        parsed.GetValue(Rate),
        parsed.GetValue(Connections),
        parsed.GetValue(Batch),
        parsed.GetValue(Duplicates));

    private static SampleOptions Samples(ParseResult parsed, TimeProvider time)
    {
        var now = time.GetUtcNow();
        return new SampleOptions
        {
            Seed = parsed.GetValue(Seed) ?? now.ToUnixTimeMilliseconds(),
            Accounts = parsed.GetValue(Accounts),
            Users = parsed.GetValue(Users),
            Whale = parsed.GetValue(Whale),
            Until = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds()),
            AccountPrefix = $"load-{now:yyMMddHHmmss}-{Random.Shared.Next(0x10000):x4}-",
        };
    }
}
