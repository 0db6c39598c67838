using System.CommandLine;
using BusIngest.Api.Configuration;

namespace BusIngest.Api.Commands.Inbox;

/// <summary>The command `inbox`.</summary>
internal static class InboxCommand
{
    private const string About = """
        What waits in inbox.db of a DATA_DIR: everything accepted and not yet consumed where the bus is in the process, and what was parked while
        RabbitMQ or Redis was away where it is not.

          BusIngest.Api inbox list
          BusIngest.Api inbox replay --url http://10.0.0.5:3000
        """;

    private const string ListAbout = """
        Counts what waits, by the messages' type: how many, in how many bytes, and since when. It reads the file, beside the process that has it or without one.

          BusIngest.Api inbox list                                  DATA_DIR of the settings
          BusIngest.Api inbox list --data-dir /srv/a --data-dir /srv/b
        """;

    private const string ReplayAbout = """
        Has a service send what it has parked: closes its breaker, also one that was isolated by hand (POST /outbox/close), and waits until what was parked by
        then is sent. A breaker that opened by itself closes by itself as soon as the server is back, and then the service sends; so this is needed after
        /outbox/isolate only. Where the bus is in the process there is no breaker: it waits until what waits now is consumed.

          BusIngest.Api inbox replay
          BusIngest.Api inbox replay --wait-s 600 --json            {"mode":…,"circuit":…,"parked":…} every 2 s, and at the end

        What is parked in a DATA_DIR that no process has is sent by the next process that is given it. Exits with 1 when it is not sent in time; it goes on being sent.
        """;

    private static readonly Option<string[]> DataDirectories =
        CommandOptions.Directories("--data-dir", "A DATA_DIR; several may be given. Default: the DATA_DIR of the settings");

    private static readonly Option<int> WaitSeconds = CommandOptions.Whole("--wait-s", "How long it waits, in seconds", 60, 0, 86_400);

    /// <summary>Makes it, with what is below it.</summary>
    public static Command Create() => new("inbox", About) { List(), Replay() };

    private static Command List()
    {
        var list = new Command("list", ListAbout) { DataDirectories, ServiceOptions.Json };
        list.SetAction((parsed, _) =>
        {
            var console = CommandConsole.Of(parsed);
            return console.RunAsync(async () =>
            {
                var given = parsed.GetRequiredValue(DataDirectories);
                await InboxList.RunAsync(given.Length > 0 ? given : [SettingsLoader.Load([]).DataDir], console);
                return 0;
            });
        });
        return list;
    }

    private static Command Replay()
    {
        var replay = new Command("replay", ReplayAbout) { ServiceOptions.Url, ServiceOptions.ApiKey, ServiceOptions.ApiKeyFile, WaitSeconds, ServiceOptions.Json };
        replay.SetAction((parsed, cancellationToken) =>
        {
            var console = CommandConsole.Of(parsed);
            return console.RunAsync(async () =>
            {
                using var client = new OutboxClient(ServiceOptions.Address(parsed), ServiceOptions.Key(parsed));
                return await InboxReplay.RunAsync(client, TimeSpan.FromSeconds(parsed.GetValue(WaitSeconds)), console, TimeProvider.System, cancellationToken);
            });
        });
        return replay;
    }
}
