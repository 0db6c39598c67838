namespace BusIngest.Support.Programs;

/// <summary>How a program under test is started.</summary>
public sealed record ProgramSettings
{
    /// <summary>DATA_DIR; null leaves the program to its default.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>LOGS_DIR; null leaves the program to its default.</summary>
    public string? LogsDirectory { get; init; }

    /// <summary>The executable; null: the published program.</summary>
    public string? Executable { get; init; }

    /// <summary>Where it is started.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>The file that takes what it prints.</summary>
    public required string OutputFile { get; init; }

    /// <summary>More settings by their environment names; null takes one away.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>Command-line switches.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];
}
