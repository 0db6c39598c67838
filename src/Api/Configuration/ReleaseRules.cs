namespace BusIngest.Api.Configuration;

/// <summary>What this release tells that it does not use.</summary>
internal static class ReleaseRules
{
    /// <summary>A line that names what was given and has no effect, without values; none where nothing was.</summary>
    public static IReadOnlyList<string> Notices(IReadOnlyDictionary<string, SettingValue> values)
    {
        var names = values.Where(pair => pair.Value.Text.Length > 0 && IsObsolete(pair.Key))
            .Select(pair => SettingReader.Printable(pair.Value.Name))
            .Order(StringComparer.Ordinal)
            .ToList();
        return names.Count > 0 ? [$"Settings not needed any more: {string.Join(", ", names)}"] : [];
    }

    private static bool IsObsolete(string key) =>
        FlatNames.All.Any(flat => flat.Effect == SettingEffect.Obsolete && string.Equals(flat.Key, key, StringComparison.Ordinal));
}
