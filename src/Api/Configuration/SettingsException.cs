namespace BusIngest.Api.Configuration;

/// <summary>The settings are wrong, and nothing was started.</summary>
/// <param name="lines">One line for each wrong setting: its name, its value unless secret, and what is allowed.</param>
public sealed class SettingsException(IReadOnlyList<string> lines) : Exception(string.Join(Environment.NewLine, lines))
{
    /// <summary>What the process exits with.</summary>
    public const int ExitCode = 2;

    /// <summary>One wrong setting.</summary>
    public SettingsException(string line)
        : this([line])
    {
    }

    /// <summary>One line for each wrong setting.</summary>
    public IReadOnlyList<string> Lines { get; } = lines;

    /// <summary>Writes the lines, and gives the exit code.</summary>
    public int Report(TextWriter writer)
    {
        foreach (var line in Lines)
            writer.WriteLine(line);

        return ExitCode;
    }
}
