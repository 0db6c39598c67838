using System.CommandLine;
using System.CommandLine.Parsing;

namespace BusIngest.Api.Commands.Failed;

/// <summary>The command `failed`.</summary>
internal static class FailedCommand
{
    private const string About = """
        Messages that a consumer gave up on, with their payload and exception. They wait for somebody who mends the cause and sends them again.

          BusIngest.Api failed list --groups                    what is wrong, and how often
          BusIngest.Api failed list --type CarGenerated         the newest of one type; --json has payloads and stacks
          BusIngest.Api failed retry --all --type CarGenerated  sends them again, once the cause is mended
          BusIngest.Api failed drop 3f0c…                       what will never be right
        """;

    private const string ListAbout = """
        Lists failed messages, newest first, or their kinds.

          BusIngest.Api failed list --limit 500
          BusIngest.Api failed list --groups
          BusIngest.Api failed list --json | jq -r 'select(.exception.message | test("timeout")) | .id'
        """;

    private const string RetryAbout = """
        Sends failed messages again, each to the endpoint that gave up and under its own id: what was consumed meanwhile is not consumed twice.
        One that fails again is listed again.

          BusIngest.Api failed retry 3f0c… 77ab…
          BusIngest.Api failed retry --all
          BusIngest.Api failed retry --all --type DeliverWebhook
        """;

    private const string DropAbout = """
        Drops failed messages for good: their records are lost. With --all it shows what there is and asks, unless --yes is given; what fails after that stays.

          BusIngest.Api failed drop 3f0c…
          BusIngest.Api failed drop --all --type CarGenerated --yes
        """;

    private static readonly Argument<Guid[]> Ids = new("ID")
    {
        Description = "Ids of `failed list`",
        Arity = ArgumentArity.ZeroOrMore,
        DefaultValueFactory = _ => [],
        CustomParser = ReadIds,
    };

    private static readonly Option<bool> All = new("--all") { Description = "All of them, rather than some by their ids" };
    private static readonly Option<string?> Type = CommandOptions.Text("--type", "Only messages of this name, as `failed list` shows it");
    private static readonly Option<int> Limit = CommandOptions.Whole("--limit", "How many, 1-1000000", 50, 1, 1_000_000);
    private static readonly Option<bool> Groups = new("--groups") { Description = "Counts by type, endpoint and exception, over all of them" };
    private static readonly Option<bool> Yes = new("--yes") { Description = "Do not ask" };

    /// <summary>Makes it, with what is below it.</summary>
    public static Command Create() => new("failed", About) { List(), Retry(), Drop() };

    private static Command List()
    {
        var list = new Command("list", ListAbout) { ServiceOptions.Url, ServiceOptions.ApiKey, ServiceOptions.ApiKeyFile, Type, Limit, Groups, ServiceOptions.Json };
        list.SetAction((parsed, cancellationToken) => RunAsync(parsed, (client, console) => parsed.GetValue(Groups)
            ? FailedRun.ListGroupsAsync(client, parsed.GetValue(Type), console, cancellationToken)
            : FailedRun.ListAsync(client, parsed.GetValue(Type), parsed.GetValue(Limit), console, cancellationToken)));
        return list;
    }

    private static Command Retry()
    {
        var retry = new Command("retry", RetryAbout) { Ids, All, Type, ServiceOptions.Url, ServiceOptions.ApiKey, ServiceOptions.ApiKeyFile, ServiceOptions.Json };
        retry.Validators.Add(CheckSelection);
        retry.SetAction((parsed, cancellationToken) => RunAsync(parsed, (client, console) => FailedRun.RetryAsync(client, Read(parsed), console, cancellationToken)));
        return retry;
    }

    private static Command Drop()
    {
        var drop = new Command("drop", DropAbout) { Ids, All, Type, Yes, ServiceOptions.Url, ServiceOptions.ApiKey, ServiceOptions.ApiKeyFile, ServiceOptions.Json };
        drop.Validators.Add(CheckSelection);
        drop.SetAction((parsed, cancellationToken) => RunAsync(
            parsed, (client, console) => FailedDrop.RunAsync(client, Read(parsed), parsed.GetValue(Yes), console, cancellationToken)));
        return drop;
    }

    private static FailedSelection Read(ParseResult parsed) => new(parsed.GetRequiredValue(Ids), parsed.GetValue(Type));

    private static Task<int> RunAsync(ParseResult parsed, Func<FailedClient, CommandConsole, Task> work)
    {
        var console = CommandConsole.Of(parsed);
        return console.RunAsync(async () =>
        {
            using var client = new FailedClient(ServiceOptions.Address(parsed), ServiceOptions.Key(parsed));
            await work(client, console);
            return 0;
        });
    }

    private static Guid[] ReadIds(ArgumentResult result)
    {
        var ids = new List<Guid>();
        foreach (var token in result.Tokens)
        {
            if (Guid.TryParse(token.Value, out var id))
                ids.Add(id);
            else
                result.AddError($"ID must be an id of `failed list`, not '{TimerText.Printable(token.Value)}'.");
        }

        return [.. ids];
    }

    /// <summary>Nothing is retried or dropped because somebody forgot to say what.</summary>
    private static void CheckSelection(CommandResult result)
    {
        var (ids, all) = (result.GetResult(Ids) is { Tokens.Count: > 0 }, result.GetValue(All));
        if (ids == all)
            result.AddError(all ? "Give ids or --all, not both." : "Give ids, or --all.");
        else if (ids && result.GetResult(Type) is not null)
            result.AddError("--type goes with --all only.");
    }
}
