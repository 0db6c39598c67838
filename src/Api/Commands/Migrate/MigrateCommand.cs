using System.CommandLine;
using BusIngest.Api.Configuration;

namespace BusIngest.Api.Commands.Migrate;

/// <summary>The command `migrate`.</summary>
internal static class MigrateCommand
{
    private const string About = """
        Brings the database that the settings name to this version, says which migrations it applied, and exits. Switches set settings, as with `run`.

          BusIngest.Api migrate                                       SQLite: both files of DATA_DIR; stop the process that has it first
          BusIngest.Api migrate --DATA_DIR /var/lib/busingest
          BusIngest.Api migrate --DATABASE_URL postgres://user@db/busingest    beside processes that run, one at a time
          BusIngest.Api migrate --json                                {"database":…,"part":…,"migration":…} for each

        Nobody has to: the service does the same at its start. It is for whoever wants to see it done before, or by another user of the database.
        With PostgreSQL the inbox.db of a DATA_DIR is left to the process that has it. Exits with 0 when nothing is missing any more.
        """;

    /// <summary>Makes it.</summary>
    public static Command Create()
    {
        var migrate = new Command("migrate", About) { ServiceOptions.Json };
        // They are settings, and the settings' reader says what is wrong with them.
        migrate.TreatUnmatchedTokensAsErrors = false;
        migrate.SetAction((parsed, cancellationToken) =>
        {
            var console = CommandConsole.Of(parsed);
            return console.RunAsync(() => MigrateRun.RunAsync(SettingsLoader.Load(parsed.UnmatchedTokens), console, cancellationToken));
        });
        return migrate;
    }
}
