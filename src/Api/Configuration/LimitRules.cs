using BusIngest.Api.Limits;

namespace BusIngest.Api.Configuration;

/// <summary>Reads how much may be asked for.</summary>
internal static class LimitRules
{
    private const long Most = 1_000_000_000;
    private const long MostOfDay = 1_000_000_000_000;

    /// <summary>Reads the section Limits.</summary>
    public static LimitOptions Read(SettingReader reader)
    {
        var defaults = new LimitOptions();
        return new LimitOptions
        {
            RequestsPerMinute = reader.Long(SettingKeys.LimitsRequestsPerMinute, defaults.RequestsPerMinute, 0, Most),
            AccountEventsPerMinute = reader.Long(SettingKeys.LimitsAccountEventsPerMinute, defaults.AccountEventsPerMinute, 0, Most),
            AccountDailyQuota = reader.Long(SettingKeys.LimitsAccountDailyQuota, defaults.AccountDailyQuota, 0, MostOfDay),
        };
    }
}
