using System.CommandLine;
using BusIngest.Api.Configuration;

namespace BusIngest.Api.Commands.Mongo;

/// <summary>The command `mongo`.</summary>
internal static class MongoCommand
{
    private const string About = "Looks after the copies of orders and timers in MongoDB.";

    private const string AboutRebuild = """
        Makes the copies in MongoDB anew from the database: every document is written over whatever is there, and copies whose documents are gone are
        deleted. Switches set settings, as with `run`.

          BusIngest.Api mongo rebuild                          SQLite: stop the process that has the DATA_DIR first
          BusIngest.Api mongo rebuild --DATABASE_URL postgres://user@db/busingest    beside processes that run
          BusIngest.Api mongo rebuild --json                   {"copied":…,"documents":…,"collections":{"orders":…},"isDone":false} every 2 s

        After a database was restored from a backup it is needed; after an outage of MongoDB, or a crash, it is not. What it has begun is gone on with
        by the service if it is interrupted. Exits with 0 when all are copied, and with 1 where MongoDB does not answer at the beginning.
        """;

    /// <summary>Makes it.</summary>
    public static Command Create() => new("mongo", About) { CreateRebuild() };

    private static Command CreateRebuild()
    {
        var rebuild = new Command("rebuild", AboutRebuild) { ServiceOptions.Json };
        // They are settings, and the settings' reader says what is wrong with them.
        rebuild.TreatUnmatchedTokensAsErrors = false;
        rebuild.SetAction((parsed, cancellationToken) =>
        {
            var console = CommandConsole.Of(parsed);
            return console.RunAsync(() => RebuildRun.RunAsync(SettingsLoader.Load(parsed.UnmatchedTokens), console, cancellationToken));
        });
        return rebuild;
    }
}
