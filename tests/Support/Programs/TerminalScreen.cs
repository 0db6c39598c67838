using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace BusIngest.Support.Programs;

/// <summary>What a terminal shows after something was written to it: as much of an xterm as commands make use of, and as many lines as it takes.</summary>
public sealed partial class TerminalScreen
{
    private readonly int _columns;
    private readonly List<StringBuilder> _lines = [new()];
    private int _row;
    private int _column;

    private TerminalScreen(int columns) => _columns = columns;

    /// <summary>Its lines from the top, without blanks at their ends.</summary>
    public IReadOnlyList<string> Lines => [.. _lines.Select(line => line.ToString().TrimEnd())];

    /// <summary>Whether the cursor can be seen.</summary>
    public bool IsCursorShown { get; private set; } = true;

    /// <summary>Shows what was written.</summary>
    /// <param name="written">Text and control sequences.</param>
    /// <param name="columns">How wide it is, in characters.</param>
    /// <exception cref="InvalidDataException">A control sequence that it does not know.</exception>
    public static TerminalScreen Of(string written, int columns)
    {
        var screen = new TerminalScreen(columns);
        foreach (Match part in Parts().Matches(written))
        {
            if (part.Groups["command"] is { Success: true } command)
                screen.Do(command.ValueSpan[0], part.Groups["arguments"].Value);
            else if (part.Length == 1)
                screen.Put(part.ValueSpan[0]);
        }

        return screen;
    }

    private void Do(char command, string arguments)
    {
        switch (command)
        {
            case 'A':
                _row = Math.Max(0, _row - Count(arguments));
                break;
            case 'K':
                Erase(arguments);
                break;
            case 'h' or 'l':
                IsCursorShown = arguments is "?25" ? command is 'h' : IsCursorShown;
                break;
            // Colours.
            case 'm':
                break;
            default:
                throw new InvalidDataException($"ESC [ {arguments} {command}");
        }
    }

    private void Put(char written)
    {
        switch (written)
        {
            case '\r':
                _column = 0;
                return;
            case '\n':
                GoDown();
                return;
            case '\b':
                _column = Math.Max(0, _column - 1);
                return;
        }

        if (char.IsControl(written))
            throw new InvalidDataException($"The character {(int)written:X2}");
        // One line is full only when another character comes.
        if (_column == _columns)
        {
            GoDown();
            _column = 0;
        }

        var line = _lines[_row].Append(' ', Math.Max(0, _column + 1 - _lines[_row].Length));
        line[_column++] = written;
    }

    private void GoDown()
    {
        if (++_row == _lines.Count)
            _lines.Add(new StringBuilder());
    }

    private void Erase(string arguments)
    {
        var line = _lines[_row];
        if (arguments is "2")
            line.Clear();
        else if (arguments is "" or "0")
            line.Length = Math.Min(line.Length, _column);
        else
            throw new InvalidDataException($"ESC [ {arguments} K");
    }

    private static int Count(string arguments) => arguments.Length == 0 ? 1 : int.Parse(arguments, CultureInfo.InvariantCulture);

    /// <summary>A control sequence, a keypad mode, which shows nothing, or a character.</summary>
    [GeneratedRegex(@"\x1B\[(?<arguments>[0-9;?]*)(?<command>[A-Za-z])|\x1B[=>]|[\s\S]", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Parts();
}
