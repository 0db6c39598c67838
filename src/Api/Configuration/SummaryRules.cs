using BusIngest.Api.Summaries;

namespace BusIngest.Api.Configuration;

/// <summary>Reads how summaries are read and kept.</summary>
internal static class SummaryRules
{
    /// <summary>Reads the section Summaries.</summary>
    public static SummaryOptions Read(SettingReader reader)
    {
        var defaults = new SummaryOptions();
        return new SummaryOptions
        {
            MaxAge = Milliseconds(reader, SettingKeys.SummariesMaxAgeMs, defaults.MaxAge, 0),
            Timeout = Milliseconds(reader, SettingKeys.SummariesTimeoutMs, defaults.Timeout, 100),
            MaxConcurrency = reader.Int(SettingKeys.SummariesMaxConcurrency, defaults.MaxConcurrency, 1, 1_000),
        };
    }

    private static TimeSpan Milliseconds(SettingReader reader, string key, TimeSpan fallback, int least) =>
        TimeSpan.FromMilliseconds(reader.Int(key, (int)fallback.TotalMilliseconds, least, 60_000));
}
