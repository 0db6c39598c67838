using System.Text.RegularExpressions;

namespace BusIngest.Api.Configuration;

/// <summary>
/// Reads AUTH_API_KEYS: <c>name=key</c> pairs, comma-separated; <c>name:read+write=key</c> is good for these scopes only. What is wrong is told
/// without showing a key.
/// </summary>
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
            else if (Scopes(pair.Groups["scopes"]) is not { } scopes)
                reader.RefuseSecret(value, $"entry {index + 1} has other scopes than {AccessScopes.All.Written()} behind its name");
            else if (Repeated(keys, pair) is { } what)
                reader.RefuseSecret(value, $"entry {index + 1} has the {what} of an earlier one");
            else
                keys.Add(new ApiKey(pair.Groups["name"].Value, pair.Groups["key"].Value, scopes));
        }

        return keys;
    }

    private static AccessScopes? Scopes(Group given) => given.Success ? ScopeNames.Read(given.Value) : AccessScopes.All;

    private static string? Repeated(List<ApiKey> keys, Match pair)
    {
        if (keys.Exists(key => string.Equals(key.Name, pair.Groups["name"].Value, StringComparison.Ordinal)))
            return "name";

        var hash = ApiKey.Hash(pair.Groups["key"].Value);
        return keys.Exists(key => key.Matches(hash)) ? "key" : null;
    }

    [GeneratedRegex("^(?<name>[A-Za-z0-9._-]{1,100})(:(?<scopes>[A-Za-z+]*))?=(?<key>[!-~]+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pair();
}
