using System.Text;
using System.Text.RegularExpressions;

namespace BusIngest.Api.Configuration;

/// <summary>Reads <c>.env</c> files: <c>KEY=value</c>, quotes, <c>export</c>, comments. Nothing is interpolated.</summary>
internal static partial class DotEnv
{
    /// <summary>Reads the file's lines; a later one of the same name wins.</summary>
    /// <param name="lines">The file's lines.</param>
    /// <param name="file">What to call the file in errors.</param>
    /// <exception cref="SettingsException">Lines are malformed; each is named by its number, never shown, as it may hold a secret.</exception>
    public static Dictionary<string, string> Parse(IEnumerable<string> lines, string file = ".env")
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var errors = new List<string>();
        foreach (var (index, line) in lines.Index())
        {
            var text = line.Trim();
            if (text.Length == 0 || text[0] == '#')
                continue;

            if (Assignment().Match(text) is { Success: true } match && ReadValue(match.Groups["value"].Value) is { } value)
                values[match.Groups["name"].Value] = value;
            else
                errors.Add($"{file} line {index + 1}: not of the form KEY=value, KEY=\"value\" or KEY='value'");
        }

        return errors.Count == 0 ? values : throw new SettingsException(errors);
    }

    private static string? ReadValue(string text) => text switch
    {
        ['\'', ..] => ReadSingleQuoted(text),
        ['"', ..] => ReadDoubleQuoted(text),
        _ => Comment().Replace(text, "").TrimEnd(),
    };

    private static string? ReadSingleQuoted(string text)
    {
        var end = text.IndexOf('\'', 1);
        return end > 0 && IsBlank(text.AsSpan(end + 1)) ? text[1..end] : null;
    }

    private static string? ReadDoubleQuoted(string text)
    {
        var value = new StringBuilder();
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == '"')
                return IsBlank(text.AsSpan(i + 1)) ? value.ToString() : null;

            value.Append(text[i] == '\\' && i + 1 < text.Length ? Unescape(text[++i]) : text[i].ToString());
        }

        return null;
    }

    private static string Unescape(char escaped) => escaped switch
    {
        'n' => "\n",
        'r' => "\r",
        't' => "\t",
        '"' or '\\' or '$' => escaped.ToString(),
        _ => "\\" + escaped,
    };

    private static bool IsBlank(ReadOnlySpan<char> rest) => rest.TrimStart() is [] or ['#', ..];

    [GeneratedRegex(@"^(export\s+)?(?<name>[A-Za-z_][A-Za-z0-9_.:-]*)\s*=\s*(?<value>.*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"(^|\s)#.*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Comment();
}
