using System.Globalization;
using BusIngest.Bus;

namespace BusIngest.Api.Configuration;

/// <summary>Reads typed values and gathers a line for each that is wrong; a wrong or absent one reads as its default.</summary>
internal sealed class SettingReader(IReadOnlyDictionary<string, SettingValue> values)
{
    private const int LongestShown = 80;

    private readonly List<string> _errors = [];

    /// <summary>A line for each wrong value.</summary>
    public IReadOnlyList<string> Errors => _errors;

    /// <summary>The value as given; null when it was not, or is empty.</summary>
    public SettingValue? Find(string key) => values.TryGetValue(key, out var value) && value.Text.Length > 0 ? value : null;

    /// <summary>A value that may lie in a file and change; null when it was not given.</summary>
    public ReloadableText? Reloadable(string key) => Find(key) is { } value ? value.File ?? new ReloadableText(value.Text) : null;

    /// <summary>What stands between the beginning of a key and its next colon, for each that was given.</summary>
    public IEnumerable<string> Names(string beginning) => values.Keys
        .Where(key => key.StartsWith(beginning, StringComparison.OrdinalIgnoreCase))
        .Select(key => key[beginning.Length..].Split(':')[0])
        .Distinct(StringComparer.OrdinalIgnoreCase)
        .Order(StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds a line about a value, which it shows.</summary>
    public void Refuse(SettingValue value, string reason) => _errors.Add($"{value.Name}: '{Printable(value.Text)}' {reason}");

    /// <summary>Adds a line about a value that may be secret, which it does not show.</summary>
    public void RefuseSecret(SettingValue value, string reason) => _errors.Add($"{value.Name}: {reason}");

    /// <summary>A whole number within bounds.</summary>
    public long Long(string key, long fallback, long min, long max)
    {
        if (Find(key) is not { } value)
            return fallback;

        if (long.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
            return number;

        Refuse(value, $"is not a whole number from {min} to {max}");
        return fallback;
    }

    /// <summary>A whole number within bounds.</summary>
    public int Int(string key, int fallback, int min, int max) => (int)Long(key, fallback, min, max);

    /// <summary>A number within bounds.</summary>
    public double Real(string key, double fallback, double min, double max)
    {
        if (Find(key) is not { } value)
            return fallback;

        if (double.TryParse(value.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
            return number;

        Refuse(value, string.Create(CultureInfo.InvariantCulture, $"is not a number from {min} to {max}"));
        return fallback;
    }

    /// <summary>true or false; 1 or 0.</summary>
    public bool Bool(string key, bool fallback)
    {
        if (Find(key) is not { } value)
            return fallback;

        if (bool.TryParse(value.Text, out var yes))
            return yes;

        if (value.Text is "1" or "0")
            return value.Text is "1";

        Refuse(value, "is not true or false");
        return fallback;
    }

    /// <summary>A name of the enum, in any case; numbers are no names.</summary>
    public T Enum<T>(string key, T fallback)
        where T : struct, Enum
    {
        if (Find(key) is not { } value)
            return fallback;

        if (System.Enum.GetNames<T>().Contains(value.Text, StringComparer.OrdinalIgnoreCase))
            return System.Enum.Parse<T>(value.Text, ignoreCase: true);

        Refuse(value, $"is not one of {string.Join(", ", System.Enum.GetNames<T>())}");
        return fallback;
    }

    /// <summary>The full path of a folder that exists or can be made; nothing is made here.</summary>
    public string Folder(string key, string fallback, string workingDirectory)
    {
        var value = Find(key);
        var text = value?.Text ?? fallback;
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            Refuse(value!, "is not a path");
            return workingDirectory;
        }

        var path = Path.GetFullPath(text, workingDirectory);
        if (value is not null && File.Exists(path))
            Refuse(value, "is a file, not a folder");

        return path;
    }

    /// <summary>The text on one line, shortened.</summary>
    public static string Printable(string text)
    {
        var line = string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));
        return line.Length <= LongestShown ? line : string.Concat(line.AsSpan(0, LongestShown), "…");
    }
}
