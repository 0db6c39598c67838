using BusIngest.Workers.Events;

namespace BusIngest.Api.Configuration;

/// <summary>Reads the section Events.</summary>
internal static class EventRules
{
    private const int MostDays = 36_500;
    private const int MostMinutes = 525_600;

    /// <summary>Reads the section.</summary>
    public static EventOptions Read(SettingReader reader)
    {
        var defaults = new EventOptions();
        return defaults with
        {
            RetentionDays = reader.Int(SettingKeys.EventsRetentionDays, defaults.RetentionDays, 0, MostDays),
            MaxAhead = TimeSpan.FromMinutes(reader.Int(SettingKeys.EventsMaxAheadMinutes, (int)defaults.MaxAhead.TotalMinutes, 0, MostMinutes)),
        };
    }
}
