using BusIngest.Api.Commands;

namespace BusIngest.Api;

/// <summary>How the program ends when something went wrong: with one line that says what, and a code that is not 0.</summary>
internal static class ProgramEnd
{
    /// <summary>It stopped, and nobody had asked it to.</summary>
    public static int Unasked(TextWriter errors)
    {
        errors.WriteLine("BusIngest has stopped by itself; errors.messages in LOGS_DIR says why.");
        return CommandException.ExitCode;
    }

    /// <summary>Something failed that nobody expected to.</summary>
    public static int Of(Exception exception, TextWriter errors)
    {
        errors.WriteLine($"BusIngest can't go on: {Describe(exception)}");
        return CommandException.ExitCode;
    }

    /// <summary>What went wrong, in one line and without a stack trace.</summary>
    public static string Describe(Exception exception)
    {
        var cause = exception.GetBaseException();
        return $"{cause.Message.ReplaceLineEndings(" ")} ({cause.GetType().Name})";
    }
}
