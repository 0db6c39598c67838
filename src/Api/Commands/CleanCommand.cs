using System.CommandLine;

namespace BusIngest.Api.Commands;

/// <summary>The command `clean`.</summary>
internal static class CleanCommand
{
    private static readonly Option<bool> Yes = new("--yes") { Description = "Do not ask" };

    private static readonly Option<string[]> DataDirectories = CommandOptions.Directories(
        "--data-dir", "A DATA_DIR whose parked rows are deleted; several may be given. Default: the DATA_DIR of the settings");

    /// <summary>Makes it.</summary>
    public static Command Create()
    {
        var clean = new Command("clean", """
            Deletes the data: the rows of the database, what waits in RabbitMQ and Redis, and what is parked in DATA_DIR.
            Tables, queues and settings stay, and processes that run go on. It reads the settings of the program (.env, environment).

              BusIngest.Api clean                                   shows what there is, and asks
              BusIngest.Api clean --yes --json                      {"place":…,"name":…,"count":…,"unit":…,"left":null} for each table, queue and key
              BusIngest.Api clean --data-dir /srv/a --data-dir /srv/b

            Exits with 0 also when nobody agreed, and with 1 when something could not be reached or all of it belongs to processes that run.
            """)
        {
            Yes, DataDirectories, ServiceOptions.Json,
        };
        clean.SetAction((parsed, cancellationToken) => CleanRun.RunAsync(
            new CleanOptions(parsed.GetValue(Yes), parsed.GetRequiredValue(DataDirectories)), CommandConsole.Of(parsed), cancellationToken));
        return clean;
    }
}
