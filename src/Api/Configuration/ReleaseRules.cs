namespace BusIngest.Api.Configuration;

/// <summary>What this release tells that it does not use.</summary>
internal static class ReleaseRules
{
    /// <summary>Lines that name what was given and has no effect, without values.</summary>
    public static IReadOnlyList<string> Notices(IReadOnlyDictionary<string, SettingValue> values)
    {
        var lines = new List<string>();
        Add("Settings not used by this release", SettingEffect.Later);
        Add("Settings not needed any more", SettingEffect.Obsolete);
        return lines;

        void Add(string title, SettingEffect effect)
        {
            var names = values.Where(pair => pair.Value.Text.Length > 0 && EffectOf(pair.Key) == effect)
                .Select(pair => SettingReader.Printable(pair.Value.Name))
                .Order(StringComparer.Ordinal)
                .ToList();
            if (names.Count > 0)
                lines.Add($"{title}: {string.Join(", ", names)}");
        }
    }

    private static SettingEffect EffectOf(string key) =>
        SettingKeys.IsUsed(key) ? SettingEffect.Used
        : FlatNames.All.Any(flat => flat.Effect == SettingEffect.Obsolete && string.Equals(flat.Key, key, StringComparison.Ordinal)) ? SettingEffect.Obsolete
        : SettingEffect.Later;
}
