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

        var errors = new List<string>();
        var keys = Parse(value.Text, errors);
        foreach (var error in errors)
            reader.RefuseSecret(value, error);
        if (value.File is not { } file || errors.Count > 0)
            return keys;

        file.Check = Wrong;
        return new ReloadedList<ApiKey>(file, text => Parse(text, []));
    }

    private static string? Wrong(string text)
    {
        var errors = new List<string>();
        Parse(text, errors);
        return errors.FirstOrDefault();
    }

    private static List<ApiKey> Parse(string text, List<string> errors)
    {
        var keys = new List<ApiKey>();
        foreach (var (index, entry) in text.Split([',', '\n'], StringSplitOptions.TrimEntries).Index())
        {
            if (Pair().Match(entry) is not { Success: true } pair)
                errors.Add($"entry {index + 1} is not name=key (name: letters, digits, '.', '_', '-'; key: visible ASCII without commas)");
            else if (Scopes(pair.Groups["scopes"]) is not { } scopes)
                errors.Add($"entry {index + 1} has other scopes than {AccessScopes.All.Written()} behind its name");
            else if (Repeated(keys, pair) is { } what)
                errors.Add($"entry {index + 1} has the {what} of an earlier one");
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
