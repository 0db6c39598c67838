using System.Text;

namespace BusIngest.Faults.BadInput;

/// <summary>Cars with one bad field each: alone, and as the second of three.</summary>
internal static class BadFields
{
    private static readonly string[] Texts = ["normalizedMake", "normalizedModel", "location"];

    // Names are told apart by what is wrong, bodies by the JSON that takes the field's place.
    private static readonly IReadOnlyList<(string What, string Json)> BadTexts =
    [
        ("empty", "\"\""),
        ("101 characters", $"\"{new string('x', 101)}\""),
        ("null", "null"),
        ("a number", "5"),
        ("true", "true"),
        ("an object", "{}"),
        ("an array", "[\"volvo\"]"),
        ("with NUL", "\"vol\\u0000vo\""),
        ("a lone high surrogate", "\"\\ud83d\""),
        ("a lone low surrogate", "\"\\ude00 x\""),
    ];

    private static readonly IReadOnlyList<(string What, string Json)> BadNumbers =
    [
        ("a text", "\"abc\""), ("a number as text", "\"2000\""), ("null", "null"), ("true", "true"), ("an object", "{}"), ("an array", "[2000]"),
        ("1e400", "1e400"), ("-1e400", "-1e400"), ("NaN as text", "\"NaN\""), ("Infinity as text", "\"Infinity\""), ("0", "0"), ("-1", "-1"),
    ];

    /// <summary>All of them.</summary>
    public static IEnumerable<BadRequest> All() => Bad().SelectMany(static bad => Requests(bad.Field, bad.What, CarText.With(bad.Field, bad.Json)))
        .Concat(Texts.Concat(["year", "price"]).SelectMany(static field => Requests(field, "missing", CarText.Without(field))))
        .Concat(Texts.Select(InvalidUtf8));

    private static IEnumerable<(string Field, string What, string Json)> Bad()
    {
        foreach (var field in Texts)
        {
            foreach (var (what, json) in BadTexts)
                yield return (field, what, json);
        }

        foreach (var field in new[] { "year", "price" })
        {
            foreach (var (what, json) in BadNumbers)
                yield return (field, what, json);
        }

        var afterNext = TimeProvider.System.GetUtcNow().Year + 2;
        foreach (var year in new[] { "1800", "1885", $"{afterNext}", "1990.5", "99999999999", "-1990", "2147483648" })
            yield return ("year", year, year);
        foreach (var price in new[] { "-0.01", "-4500", "100000001", "100000000.01", "1e300", "1e-400" })
            yield return ("price", price, price);
        foreach (var id in new[] { "\"not-a-uuid\"", "\"\"", "5", "true", "{}", "\"6f1c2a34-0000-4000-8000-00000000000\"" })
            yield return ("id", id, id);
        foreach (var time in new[] { "\"yesterday\"", "\"\"", "true", "{}", "\"2024-13-01T00:00:00Z\"", "\"10000-01-01T00:00:00Z\"" })
            yield return ("generatedAt", time, time);
    }

    private static IEnumerable<BadRequest> Requests(string field, string what, string car) =>
    [
        new($"{field}: {what}", "cars", car) { Blamed = [field] },
        new($"[1].{field}: {what}", "cars", $"[{CarText.Good},{car},{CarText.Good}]") { Blamed = ["[1]", field] },
    ];

    private static BadRequest InvalidUtf8(string field)
    {
        var body = Encoding.UTF8.GetBytes(CarText.With(field, "\"vol~vo\""));
        body[Array.LastIndexOf(body, (byte)'~')] = 0xFF;
        return new BadRequest($"{field}: invalid UTF-8", "cars", body);
    }
}
