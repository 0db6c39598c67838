namespace BusIngest.Api.Commands;

/// <summary>A command can't do what it was asked to.</summary>
/// <param name="message">Why, in one line.</param>
/// <param name="inner">The cause.</param>
internal sealed class CommandException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What the process exits with.</summary>
    public const int ExitCode = 1;
}
