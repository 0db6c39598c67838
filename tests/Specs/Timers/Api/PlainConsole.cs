using Spectre.Console;

namespace BusIngest.Specs.Timers.Api;

/// <summary>A console of plain text.</summary>
internal static class PlainConsole
{
    /// <summary>Writes to the text, in lines of 200 characters.</summary>
    public static IAnsiConsole On(TextWriter text)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = 200;
        return console;
    }
}
