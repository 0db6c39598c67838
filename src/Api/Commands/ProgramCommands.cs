using System.CommandLine;
using BusIngest.Api.Commands.Bench;
using BusIngest.Api.Commands.Completion;
using BusIngest.Api.Commands.Events;
using BusIngest.Api.Commands.Failed;
using BusIngest.Api.Commands.Inbox;
using BusIngest.Api.Commands.Migrate;
using BusIngest.Api.Commands.Mongo;
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

        timers, orders, sync, failed, inbox replay and bench ask a service over HTTP, with --api-key-file where it wants a key; migrate, inbox list,
        mongo rebuild, seed-events and clean read the settings and work on the data themselves. With --json, stdout has a line of JSON for each record
        and nothing else.

        Exit codes: 0 it is done; 1 it is not, or not to the end that it should have come to, and a line on stderr says why; 2 arguments or settings are wrong.
        """;

    /// <summary>As long as the service itself may take for what is in hand; after Ctrl-C a command that takes longer is ended with 130.</summary>
    private static readonly TimeSpan StopsWithin = TimeSpan.FromSeconds(12);

    /// <summary>Whether the arguments are a command or ask for help, rather than settings of the service.</summary>
    public static bool IsCommand(IReadOnlyList<string> args) =>
        args.Count > 0 && (args[0] is "--help" or "--version" || !args[0].StartsWith("--", StringComparison.Ordinal))
        && (!IsRun(args) || args.Skip(1).Any(arg => arg is "--help" or "-h" or "-?"));

    /// <summary>The settings among the arguments of a program that serves.</summary>
    public static IReadOnlyList<string> Switches(IReadOnlyList<string> args) => IsRun(args) ? [.. args.Skip(1)] : args;

    /// <summary>Runs the command on the console.</summary>
    /// <returns>What the process exits with: 0, <see cref="CommandException.ExitCode"/>, or <see cref="SettingsException.ExitCode"/> for arguments that are wrong.</returns>
    public static Task<int> RunAsync(IReadOnlyList<string> args) => RunAsync(args, Console.Out, Console.Error);

    /// <summary>Runs the command.</summary>
    /// <param name="args">What was typed.</param>
    /// <param name="output">What was asked for; nothing when the arguments are wrong.</param>
    /// <param name="errors">A line for each thing that is wrong.</param>
    /// <returns>What the process exits with: 0, <see cref="CommandException.ExitCode"/>, or <see cref="SettingsException.ExitCode"/> for arguments that are wrong.</returns>
    public static Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter errors) => CommandOutcome.RunAsync(errors, () =>
    {
        // A value that begins with @ is a value, and no file with arguments.
        var parsed = Root().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
            throw new SettingsException([.. Wrong(parsed, args).Select(CommandOutcome.OneLine).Distinct(StringComparer.Ordinal)]);

        return parsed.InvokeAsync(new InvocationConfiguration
        {
            Output = output,
            Error = errors,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = StopsWithin,
        });
    });

    /// <summary>All commands.</summary>
    public static RootCommand Root()
    {
        var root = new RootCommand(About)
        {
            RunCommand.Create(), MigrateCommand.Create(), FailedCommand.Create(), InboxCommand.Create(), TimersCommand.Create(), OrdersCommand.Create(),
            SyncCommand.Create(), SeedEventsCommand.Create(), CleanCommand.Create(), MongoCommand.Create(), BenchCommand.Create(),
            CompletionCommand.Create(),
        };
        TeachingHelp.AddTo(root);
        return root;
    }

    /// <summary>What is wrong; of the value of a switch that has none, the parser names the value alone.</summary>
    private static IEnumerable<string> Wrong(ParseResult parsed, IReadOnlyList<string> args) => parsed.Errors.Select(error =>
    {
        var valued = args.FirstOrDefault(arg => arg.StartsWith("--", StringComparison.Ordinal) && arg.Contains('=', StringComparison.Ordinal)
            && error.Message.Contains($"'{arg[(arg.IndexOf('=', StringComparison.Ordinal) + 1)..]}'", StringComparison.Ordinal)
            && !error.Message.Contains("--", StringComparison.Ordinal));
        return valued is null ? error.Message : $"{valued.Split('=')[0]} is a switch without a value: '{valued}'.";
    });

    private static bool IsRun(IReadOnlyList<string> args) => args.Count > 0 && string.Equals(args[0], RunCommand.Name, StringComparison.Ordinal);
}
