using System.Text.RegularExpressions;

namespace BusIngest.Api.Configuration;

/// <summary>Reads AUTH_API_KEYS: <c>name=key</c> pairs, comma-separated. What is wrong is told without showing a key.</summary>
internal static partial class ApiKeyList
{
    /// <summary>Reads the pairs; empty when there are none.</summary>
    public static IReadOnlyList<ApiKey> Read(SettingReader reader)
    {
        if (reader.Find(SettingKeys.ApiKeys) is not { } value)
            return [];

        var keys = new List<ApiKey>();
        foreach (var (index, entry) in value.Text.Split(',', StringSplitOptions.TrimEntries).Index())
        {
            if (Pair().Match(entry) is not { Success: true } pair)
                reader.RefuseSecret(value, $"entry {index + 1} is not name=key (name: letters, digits, '.', '_', '-'; key: visible ASCII without commas)");
            else if (keys.Exists(key => string.Equals(key.Name, pair.Groups["name"].Value, StringComparison.Ordinal)))
                reader.RefuseSecret(value, $"entry {index + 1} has the name of an earlier one");
            else
                keys.Add(new ApiKey(pair.Groups["name"].Value, pair.Groups["key"].Value));
        }

        return keys;
    }

    [GeneratedRegex("^(?<name>[A-Za-z0-9._-]{1,100})=(?<key>[!-~]+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pair();
}
