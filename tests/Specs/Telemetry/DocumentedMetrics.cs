using System.Text.RegularExpressions;
using BusIngest.Specs.Deployment;

namespace BusIngest.Specs.Telemetry;

/// <summary>The names that docs/telemetry.md explains.</summary>
internal static partial class DocumentedMetrics
{
    /// <summary>Names of metrics, in their tables' first column.</summary>
    public static IReadOnlySet<string> Names() =>
        Row().Matches(Repository.Text("docs/telemetry.md")).Select(row => row.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);

    /// <summary>Every name that a text uses, without what Prometheus adds to a histogram's.</summary>
    public static IReadOnlySet<string> UsedIn(string text) =>
        Name().Matches(text).Select(name => Suffix().Replace(name.Value, "")).Where(name => !name.Contains(':')).ToHashSet(StringComparer.Ordinal);

    [GeneratedRegex(@"^\| `(?<name>busingest_[a-z_]+)`", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Row();

    [GeneratedRegex("busingest_[a-z_]+", RegexOptions.None, 1000)]
    private static partial Regex Name();

    [GeneratedRegex("_(bucket|sum|count)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Suffix();
}
