namespace BusIngest.Specs.Timers.Api;

/// <summary>The body of a new timer as JSON text.</summary>
internal static class TimerBody
{
    private static readonly (string Field, string Json)[] Fields =
        [("hours", "1"), ("minutes", "2"), ("seconds", "3"), ("webhookUrl", "\"https://example.com/hook\"")];

    /// <summary>All fields, all right.</summary>
    public static string Good { get; } = Object(Fields);

    /// <summary>A timer of this many seconds, 0–59.</summary>
    public static string Of(int seconds, string url) =>
        $$"""{"hours":0,"minutes":0,"seconds":{{seconds}},"webhookUrl":"{{url}}"}""";

    /// <summary>A good one but for this field, which is replaced or added.</summary>
    public static string With(string field, string json) => Object([.. Others(field), (field, json)]);

    /// <summary>A good one but for this field, which is left out.</summary>
    public static string Without(string field) => Object(Others(field));

    private static IEnumerable<(string Field, string Json)> Others(string field) =>
        Fields.Where(pair => !string.Equals(pair.Field, field, StringComparison.Ordinal));

    private static string Object(IEnumerable<(string Field, string Json)> fields) =>
        $"{{{string.Join(',', fields.Select(pair => $"\"{pair.Field}\":{pair.Json}"))}}}";
}
