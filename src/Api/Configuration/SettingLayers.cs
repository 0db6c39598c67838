using BusIngest.Bus;

namespace BusIngest.Api.Configuration;

/// <summary>
/// Puts layers of settings over one another, by section name. Flat names are translated inside each layer, so that a
/// layer's flat name overrides a lower layer's section name and the other way round.
/// </summary>
/// <param name="workingDirectory">What the paths of NAME_FILE are relative to; a full path.</param>
internal sealed class SettingLayers(string workingDirectory)
{
    private const string FileSuffix = "_FILE";

    private readonly Dictionary<string, SettingValue> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _errors = [];

    /// <summary>What is in force, by section name.</summary>
    public IReadOnlyDictionary<string, SettingValue> Values => _values;

    /// <summary>A line for each name that can only be a mistake.</summary>
    public IReadOnlyList<string> Errors => _errors;

    /// <summary>Lays a layer over those before it.</summary>
    /// <param name="layer">Names and values; <c>__</c> stands for <c>:</c>.</param>
    /// <param name="isClosed">Whether all names have to be ours (command line) or others may be among them (environment).</param>
    public void Add(IEnumerable<KeyValuePair<string, string>> layer, bool isClosed = false)
    {
        var found = new Dictionary<string, (int Rank, SettingValue Value)>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, text) in layer.OrderBy(pair => pair.Key, ConfigurationKeyComparer.Instance))
        {
            var flat = FlatNames.Find(name);
            var key = flat?.Key ?? name.Replace("__", ":", StringComparison.Ordinal);
            if (flat is null && KeyInFile(name) is { } inFile)
            {
                KeepFile(found, inFile, name, text.Trim());
                continue;
            }

            var value = new SettingValue(name, text.Trim());
            if (flat is not null)
                Keep(found, key, flat.IsAlias ? 1 : 3, value);
            else if (SettingKeys.IsUsed(key))
                Keep(found, key, 2, value);
            else if (SettingKeys.IsListItem(key, out var list))
                KeepItem(found, list, key, value);
            else if (isClosed || SettingKeys.IsOurs(key))
                _errors.Add($"{SettingReader.Printable(name)}: there is no such setting");
        }

        foreach (var (key, (_, value)) in found)
            _values[key] = value;
    }

    /// <summary>The key that a name with _FILE behind it is about; null for any other name.</summary>
    private static string? KeyInFile(string name)
    {
        if (!name.EndsWith(FileSuffix, StringComparison.OrdinalIgnoreCase))
            return null;

        var stem = name[..^FileSuffix.Length];
        var key = FlatNames.Find(stem)?.Key ?? stem.Replace("__", ":", StringComparison.Ordinal);
        return SettingKeys.MayBeInFile(key) ? key : null;
    }

    /// <summary>Reads the file. Beside the value itself it is a mistake: one of the two would be out of date some day.</summary>
    private void KeepFile(Dictionary<string, (int Rank, SettingValue Value)> found, string key, string name, string path)
    {
        if (path.Length == 0)
            return;
        if (found.TryGetValue(key, out var held) && held.Value.Text.Length > 0)
        {
            _errors.Add($"{SettingReader.Printable(name)}: {held.Value.Name} is set as well; one of the two must go");
            return;
        }

        try
        {
            var file = ReloadableText.InFile(Path.GetFullPath(path, workingDirectory));
            Keep(found, key, 4, new SettingValue(name, file.Current) { File = file });
        }
        catch (Exception exception) when (exception is IOException or ArgumentException)
        {
            _errors.Add($"{SettingReader.Printable(name)}: '{SettingReader.Printable(path)}' {(exception is IOException ? exception.Message : "is not a path")}");
        }
    }

    /// <summary>In one layer the flat name goes before the section name, and that before an alias.</summary>
    private static void Keep(Dictionary<string, (int Rank, SettingValue Value)> found, string key, int rank, SettingValue value)
    {
        if (!found.TryGetValue(key, out var held) || held.Rank <= rank)
            found[key] = (rank, value);
    }

    /// <summary>Joins a JSON array's items, or an object's as name=value, into what a flat name would hold.</summary>
    private static void KeepItem(Dictionary<string, (int Rank, SettingValue Value)> found, string list, string key, SettingValue value)
    {
        var item = ConfigurationPath.GetSectionKey(key);
        var text = int.TryParse(item, out _) ? value.Text : $"{item}={value.Text}";
        if (found.TryGetValue(list, out var held) && held.Value.Text.Length > 0)
            text = $"{held.Value.Text},{text}";

        var name = value.Name[..^item.Length].TrimEnd(':', '_');
        Keep(found, list, 2, new SettingValue(name, text));
    }
}
