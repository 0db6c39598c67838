namespace BusIngest.Specs.Cars;

/// <summary>A client's car as JSON text.</summary>
internal static class CarText
{
    private static readonly (string Field, string Json)[] Fields =
    [
        ("normalizedMake", "\"volvo\""), ("normalizedModel", "\"v60\""), ("year", "2019"), ("price", "18500.5"), ("location", "\"lisbon\""),
    ];

    /// <summary>The required fields, all right.</summary>
    public static string Good { get; } = Object(Fields);

    /// <summary>A good car of this id.</summary>
    public static string Of(Guid id) => With("id", $"\"{id}\"");

    /// <summary>A good car but for this field, which is replaced or added.</summary>
    public static string With(string field, string json) => Object([.. Others(field), (field, json)]);

    /// <summary>A good car but for this field, which is left out.</summary>
    public static string Without(string field) => Object(Others(field));

    /// <summary>An array.</summary>
    public static string Array(params IEnumerable<string> cars) => $"[{string.Join(',', cars)}]";

    private static IEnumerable<(string Field, string Json)> Others(string field) =>
        Fields.Where(pair => !string.Equals(pair.Field, field, StringComparison.Ordinal));

    private static string Object(IEnumerable<(string Field, string Json)> fields) =>
        $"{{{string.Join(',', fields.Select(pair => $"\"{pair.Field}\":{pair.Json}"))}}}";
}
