using System.CommandLine;
using BusIngest.Api.Commands.Events;
using BusIngest.Api.Configuration;

namespace BusIngest.Api.Commands;

/// <summary>The command line beside the service itself: what begins with a switch sets settings and serves, all else is a command.</summary>
internal static class ProgramCommands
{
    private const string About = """
        BusIngest. Without a command it serves HTTP, and every switch sets a setting, by its flat name or its section:

          --PORT 3001 --DATA_DIR ./data --Webhooks:TimeoutMs=5000

        Switches override environment variables, those a .env file in the working directory, and that appsettings.json.
        """;

    /// <summary>Whether the arguments are a command or ask for help, rather than settings of the service.</summary>
    public static bool IsCommand(IReadOnlyList<string> args) =>
        args.Count > 0 && (args[0] is "--help" or "--version" || !args[0].StartsWith("--", StringComparison.Ordinal));

    /// <summary>Runs the command.</summary>
    /// <returns>What the process exits with: 0, or <see cref="SettingsException.ExitCode"/> for arguments that are wrong.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        var parsed = new RootCommand(About)
        {
            TimersCommand.Create(), OrdersCommand.Create(), SyncCommand.Create(), SeedEventsCommand.Create(), LoadEventsCommand.Create(), CleanCommand.Create(),
        }.Parse(args);
        var code = await parsed.InvokeAsync();
        return parsed.Errors.Count == 0 ? code : SettingsException.ExitCode;
    }
}
