namespace BusIngest.Faults.BadInput;

/// <summary>Cars as JSON text, with one field as somebody might get it wrong.</summary>
internal static class CarText
{
    private static readonly IReadOnlyList<(string Name, string Json)> Fields =
    [
        ("normalizedMake", "\"volvo\""),
        ("normalizedModel", "\"240\""),
        ("year", "1990"),
        ("price", "4500.5"),
        ("location", "\"Göteborg\""),
        ("generatedAt", "\"2024-05-01T12:00:00Z\""),
    ];

    /// <summary>A car with nothing wrong.</summary>
    public static string Good { get; } = Without("");

    /// <summary>A car whose field has this JSON instead; it is added when a car has none by default.</summary>
    public static string With(string field, string json) => Object(Except(field).Append((field, json)));

    /// <summary>A car that lacks the field.</summary>
    public static string Without(string field) => Object(Except(field));

    /// <summary>So many good cars, without the brackets.</summary>
    public static string Many(int count) => string.Join(',', Enumerable.Repeat(Good, count));

    private static IEnumerable<(string Name, string Json)> Except(string field) =>
        Fields.Where(f => !string.Equals(f.Name, field, StringComparison.Ordinal));

    private static string Object(IEnumerable<(string Name, string Json)> fields) =>
        "{" + string.Join(',', fields.Select(static f => $"\"{f.Name}\":{f.Json}")) + "}";
}
