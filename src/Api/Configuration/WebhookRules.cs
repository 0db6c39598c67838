using System.Globalization;
using BusIngest.Sagas.Timers;
using BusIngest.Workers.Timers.Webhooks;
using BusIngest.Workers.Timers.Webhooks.Signing;

namespace BusIngest.Api.Configuration;

/// <summary>Reads the section Webhooks: whom timers may call, how, and how often again.</summary>
internal static class WebhookRules
{
    private const int MostRetries = 20;
    private const int LongestPauseSeconds = 86_400;
    private const int MostSecrets = 2;

    /// <summary>Reads when a call is tried again.</summary>
    public static TimerOptions Timers(SettingReader reader)
    {
        if (reader.Find(SettingKeys.WebhooksRetrySeconds) is not { } value)
            return new TimerOptions();

        var pauses = Entries(value.Text)
            .Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var pause) && pause <= LongestPauseSeconds ? pause : -1)
            .ToList();
        if (pauses.Count <= MostRetries && !pauses.Contains(-1))
            return new TimerOptions { RetrySchedule = [.. pauses.Select(pause => TimeSpan.FromSeconds(pause))] };

        reader.Refuse(value, $"is not at most {MostRetries} whole numbers from 0 to {LongestPauseSeconds}, comma-separated");
        return new TimerOptions();
    }

    /// <summary>Reads how a call is made.</summary>
    public static WebhookOptions Webhooks(SettingReader reader)
    {
        var defaults = new WebhookOptions();
        return defaults with
        {
            AllowedHosts = HostLists.Read(reader, SettingKeys.WebhooksAllowedHosts) ?? defaults.AllowedHosts,
            Secrets = Secrets(reader) ?? defaults.Secrets,
            Timeout = TimeSpan.FromMilliseconds(
                reader.Int(SettingKeys.WebhooksTimeoutMs, (int)defaults.Timeout.TotalMilliseconds, 100, 60_000)),
            MaxConcurrencyPerHost = reader.Int(SettingKeys.WebhooksMaxConcurrencyPerHost, defaults.MaxConcurrencyPerHost, 1, 1_024),
        };
    }

    private static IReadOnlyList<SigningSecret>? Secrets(SettingReader reader)
    {
        if (reader.Find(SettingKeys.WebhooksSecret) is not { } value)
            return null;

        var errors = new List<string>();
        var secrets = Parse(value.Text, errors);
        foreach (var error in errors)
            reader.RefuseSecret(value, error);
        if (value.File is not { } file || errors.Count > 0)
            return secrets;

        file.Check = Wrong;
        return new ReloadedList<SigningSecret>(file, text => Parse(text, []));
    }

    private static string? Wrong(string text)
    {
        var errors = new List<string>();
        Parse(text, errors);
        return errors.FirstOrDefault();
    }

    private static List<SigningSecret> Parse(string text, List<string> errors)
    {
        var entries = Entries(SigningSecret.Unquote(text));
        var secrets = new List<SigningSecret>();
        if (entries.Count > MostSecrets)
            errors.Add($"holds {entries.Count} secrets; at most {MostSecrets} are taken, comma-separated");
        foreach (var (index, entry) in entries.Take(MostSecrets).Index())
        {
            if (SigningSecret.TryParse(entry, out var secret, out var error))
                secrets.Add(secret);
            else
                errors.Add($"secret {index + 1} {error}");
        }

        return secrets;
    }

    private static List<string> Entries(string text) => [.. text.Split(',', StringSplitOptions.TrimEntries)];
}
