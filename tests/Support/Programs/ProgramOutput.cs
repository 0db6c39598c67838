using System.Text.RegularExpressions;

namespace BusIngest.Support.Programs;

/// <summary>What a program prints, in a file, so that nothing is lost however it ends.</summary>
/// <param name="path">The file; it need not be there yet.</param>
public sealed partial class ProgramOutput(string path)
{
    /// <summary>All of it so far.</summary>
    public string Text()
    {
        if (!File.Exists(path))
            return "";

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>Its lines that are not blank.</summary>
    public IReadOnlyList<string> Lines() =>
        Text().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Its last lines, as one text.</summary>
    public string Tail(int lines) => string.Join('\n', Lines().TakeLast(lines));

    /// <summary>The address it says it listens on, or null.</summary>
    public Uri? Address() => Listening().Match(Text()) is { Success: true } match ? new Uri(match.Groups["address"].Value) : null;

    [GeneratedRegex("""Now listening on: "?(?<address>http://[^\s"]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Listening();
}
