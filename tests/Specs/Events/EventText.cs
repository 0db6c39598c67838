using System.Globalization;
using System.Text;

namespace BusIngest.Specs.Events;

/// <summary>Events as clients write them.</summary>
internal static class EventText
{
    /// <summary>A good event.</summary>
    public const string Good =
        """{"event_id":"e-1","account_id":"acme","user_id":"ann","type":"login","timestamp":"2026-01-31T12:00:00.123Z","metadata":{"ip":"::1"}}""";

    /// <summary>A good event with one field as given; null: without it.</summary>
    public static string With(string field, string? value)
    {
        var fields = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["event_id"] = "\"e-1\"",
            ["account_id"] = "\"acme\"",
            ["user_id"] = "\"ann\"",
            ["type"] = "\"login\"",
            ["timestamp"] = "\"2026-01-31T12:00:00.123Z\"",
        };
        fields[field] = value;
        return "{" + string.Join(',', fields.Where(pair => pair.Value is not null).Select(pair => $"\"{pair.Key}\":{pair.Value}")) + "}";
    }

    /// <summary>An event.</summary>
    public static string Of(string eventId, string account, string user, string type, DateTimeOffset time) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"event_id":"{{eventId}}","account_id":"{{account}}","user_id":"{{user}}","type":"{{type}}","timestamp":"{{time.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fff}}Z"}""");

    /// <summary>A body of events.</summary>
    public static string Body(params IEnumerable<string> events) => "{\"events\":[" + string.Join(',', events) + "]}";

    /// <summary>A body as bytes.</summary>
    public static byte[] Utf8(string body) => Encoding.UTF8.GetBytes(body);
}
