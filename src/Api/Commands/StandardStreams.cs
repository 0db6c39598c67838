using System.Text;

namespace BusIngest.Api.Commands;

/// <summary>
/// Standard output and errors of a command. That output is full or closed is told in a line, and not by a stack; errors that nobody can be told of
/// are dropped. A reader that went away early (`| head -1`) is no error: the runtime drops what is written then.
/// </summary>
internal static class StandardStreams
{
    /// <summary>Puts them in the place of the process' own.</summary>
    public static void Guard()
    {
        Console.SetOut(Writer(new GuardedStream(
            Console.OpenStandardOutput(), exception => throw new CommandException($"Standard output can't be written: {exception.Message}", exception))));
        Console.SetError(Writer(new GuardedStream(Console.OpenStandardError(), _ => { })));
    }

    private static StreamWriter Writer(Stream stream) => new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };
}
