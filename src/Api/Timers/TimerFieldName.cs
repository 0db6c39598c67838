using System.Text.Json;

namespace BusIngest.Api.Timers;

/// <summary>The fields of a new timer, as flags.</summary>
[Flags]
internal enum TimerFieldName
{
    Unknown = 0,
    Hours = 1,
    Minutes = 2,
    Seconds = 4,
    WebhookUrl = 8,
    All = Hours | Minutes | Seconds | WebhookUrl,
}

/// <summary>The fields' names in JSON.</summary>
internal static class TimerFieldNames
{
    private static readonly TimerFieldName[] Each =
        [TimerFieldName.Hours, TimerFieldName.Minutes, TimerFieldName.Seconds, TimerFieldName.WebhookUrl];

    /// <summary>The field that the reader stands on.</summary>
    public static TimerFieldName Current(ref Utf8JsonReader reader)
    {
        try
        {
            return Find(ref reader);
        }
        catch (InvalidOperationException)
        {
            // A name with half a surrogate pair; whatever it is, it is none of ours.
            return TimerFieldName.Unknown;
        }
    }

    public static string InJson(this TimerFieldName field) => JsonNamingPolicy.CamelCase.ConvertName(field.ToString());

    /// <summary>Fields that are not among the given ones; all are required.</summary>
    public static IEnumerable<TimerFieldName> Missing(this TimerFieldName seen) => Each.Where(field => !seen.HasFlag(field));

    private static TimerFieldName Find(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("hours"u8) ? TimerFieldName.Hours
        : reader.ValueTextEquals("minutes"u8) ? TimerFieldName.Minutes
        : reader.ValueTextEquals("seconds"u8) ? TimerFieldName.Seconds
        : reader.ValueTextEquals("webhookUrl"u8) ? TimerFieldName.WebhookUrl
        : TimerFieldName.Unknown;
}
