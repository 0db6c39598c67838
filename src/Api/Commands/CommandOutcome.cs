using BusIngest.Api.Configuration;
using BusIngest.Bus.Storage;

namespace BusIngest.Api.Commands;

/// <summary>Turns what ends a command before its end into one line and an exit code.</summary>
internal static class CommandOutcome
{
    /// <summary>Does the work.</summary>
    /// <param name="errors">Where the line goes.</param>
    /// <param name="work">Gives the exit code of a command that comes to its end.</param>
    /// <returns>What the process exits with; see <see cref="ProgramCommands"/>.</returns>
    public static async Task<int> RunAsync(TextWriter errors, Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (SettingsException exception)
        {
            return exception.Report(errors);
        }
        catch (OperationCanceledException)
        {
            await errors.WriteLineAsync("Interrupted.");
        }
        catch (Exception exception) when (exception is CommandException or DataDirectoryException or StorageUnavailableException or DatabaseUnfitException)
        {
            await errors.WriteLineAsync(OneLine(exception.Message));
        }
        catch (Exception exception)
        {
            await errors.WriteLineAsync(OneLine(ProgramEnd.Describe(exception)));
        }

        return CommandException.ExitCode;
    }

    /// <summary>A text without line ends, and without what a terminal would take for commands.</summary>
    public static string OneLine(string text) => string.Concat(text.ReplaceLineEndings(" ").Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim();
}
