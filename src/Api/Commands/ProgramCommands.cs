using System.CommandLine;
using BusIngest.Api.Commands.Bench;
using BusIngest.Api.Commands.Events;
using BusIngest.Api.Commands.Failed;
using BusIngest.Api.Commands.Inbox;
using BusIngest.Api.Commands.Migrate;
using BusIngest.Api.Configuration;

namespace BusIngest.Api.Commands;

/// <summary>The command line beside the service itself: what begins with a switch sets settings and serves, all else is a command.</summary>
internal static class ProgramCommands
{
    private const string About = """
        BusIngest. Without a command it serves HTTP, as with `run`: every switch sets a setting, by its flat name or its section.

          BusIngest.Api --PORT 3001 --DATA_DIR ./data --Webhooks:TimeoutMs=5000
          BusIngest.Api failed list --groups                    asks the service at --url, http://127.0.0.1:3000 by default
          BusIngest.Api failed retry --help                     every command has examples

        timers, orders, sync, failed, inbox replay and bench ask a service over HTTP, with --api-key where it wants one; migrate, inbox list,
        seed-events and clean read the settings and work on the data themselves. With --json, stdout has a line of JSON for each record and nothing else.

        Exit codes: 0 it is done; 1 it is not, or not to the end that it should have come to, and a line on stderr says why; 2 arguments or settings are wrong.
        """;

    /// <summary>Whether the arguments are a command or ask for help, rather than settings of the service.</summary>
    public static bool IsCommand(IReadOnlyList<string> args) =>
        args.Count > 0 && (args[0] is "--help" or "--version" || !args[0].StartsWith("--", StringComparison.Ordinal))
        && (!IsRun(args) || args.Skip(1).Any(arg => arg is "--help" or "-h" or "-?"));

    /// <summary>The settings among the arguments of a program that serves.</summary>
    public static IReadOnlyList<string> Switches(IReadOnlyList<string> args) => IsRun(args) ? [.. args.Skip(1)] : args;

    /// <summary>Runs the command.</summary>
    /// <returns>What the process exits with: 0, <see cref="CommandException.ExitCode"/>, or <see cref="SettingsException.ExitCode"/> for arguments that are wrong.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        var root = new RootCommand(About)
        {
            RunCommand.Create(), MigrateCommand.Create(), FailedCommand.Create(), InboxCommand.Create(), TimersCommand.Create(), OrdersCommand.Create(),
            SyncCommand.Create(), SeedEventsCommand.Create(), CleanCommand.Create(), BenchCommand.Create(),
        };
        TeachingHelp.AddTo(root);
        var parsed = root.Parse(args);
        var code = await parsed.InvokeAsync();
        return parsed.Errors.Count == 0 ? code : SettingsException.ExitCode;
    }

    private static bool IsRun(IReadOnlyList<string> args) => args.Count > 0 && string.Equals(args[0], RunCommand.Name, StringComparison.Ordinal);
}
