namespace BusIngest.Api.Configuration;

/// <summary>What this release refuses, and what it tells that it does not use.</summary>
internal static class ReleaseRules
{
    private const string OneProcess = "not in this release, which runs in one process on SQLite; remove it";

    private const string InProcess = "in-process";

    private static readonly string[] NeedServers =
    [
        SettingKeys.RabbitMqUrl, SettingKeys.DatabaseUrl, SettingKeys.DatabaseHost, SettingKeys.RedisHost, SettingKeys.RedisSentinelHosts,
    ];

    private static readonly string[] Lanes = [InProcess, "rabbitmq", "redis"];

    /// <summary>Refuses servers that would silently not be used: someone counts on them.</summary>
    public static void Check(SettingReader reader)
    {
        foreach (var key in NeedServers)
        {
            if (reader.Find(key) is { } value)
                reader.RefuseSecret(value, OneProcess);
        }

        if (reader.Bool(SettingKeys.RedisUseSentinel, fallback: false))
            reader.RefuseSecret(reader.Find(SettingKeys.RedisUseSentinel)!, OneProcess);

        if (reader.Find(SettingKeys.Lane) is { } lane && lane.Text is not InProcess)
            reader.Refuse(lane, Lanes.Contains(lane.Text, StringComparer.Ordinal) ? $"is {OneProcess}" : $"is not one of {string.Join(", ", Lanes)}");
    }

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
        SettingKeys.Used.Contains(key) ? SettingEffect.Used
        : FlatNames.All.Any(flat => flat.Effect == SettingEffect.Obsolete && string.Equals(flat.Key, key, StringComparison.Ordinal)) ? SettingEffect.Obsolete
        : SettingEffect.Later;
}
