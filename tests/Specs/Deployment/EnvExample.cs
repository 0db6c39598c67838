using System.Text.RegularExpressions;

namespace BusIngest.Specs.Deployment;

/// <summary>What .env.example lists, the program's settings and those around it.</summary>
internal static partial class EnvExample
{
    /// <summary>Defaults by name; empty where it gives none.</summary>
    public static IReadOnlyDictionary<string, string> Defaults { get; } =
        Line().Matches(Repository.Text(".env.example")).ToDictionary(
            static line => line.Groups["name"].Value, static line => line.Groups["value"].Value, StringComparer.Ordinal);

    [GeneratedRegex(@"^# (?<name>[A-Z][A-Z0-9_]+)=(?<value>\S*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Line();
}
