using System.Text;

namespace BusIngest.Faults.BadInput;

/// <summary>Bodies of POST /cars that are no cars at all, or too many.</summary>
internal static class BadBodies
{
    private const int Deep = 100_000;
    private static readonly string Good = CarText.Good;
    private static readonly string DeepObject = string.Concat(Enumerable.Repeat("{\"a\":", Deep)) + "1" + new string('}', Deep);

    /// <summary>All of them.</summary>
    public static IEnumerable<BadRequest> All() =>
    [
        .. new[]
        {
            "", " ", "{", "}", "[", "[{]", "{\"price\":}", "{'price':1}", "{} {}", "nonsense", "<car/>", "NaN",
            $"{Good}x", $"{Good}{Good}", $"[{Good}", $"[{Good},]", $"[{Good} {Good}]", $"[{Good}],[]", Good[..^1], $"/* a car */ {Good}",
            CarText.With("price", "NaN"), CarText.With("price", "Infinity"), CarText.With("price", "-Infinity"), CarText.With("price", "01"),
            CarText.With("price", "1."), CarText.With("price", ".5"), CarText.With("location", "\"a\nb\""), CarText.With("location", "\"\\x\""),
        }.Select(static body => new BadRequest($"Not JSON: {Shown(body)}", "cars", body)),
        .. new[] { "5", "\"car\"", "null", "true", "1e400" }.Select(static body => new BadRequest($"Neither object nor array: {body}", "cars", body)),
        new("An empty array", "cars", "[]") { Blamed = [""] },
        new("10,001 cars", "cars", $"[{CarText.Many(10_001)}]") { Blamed = [""] },
        new("An object without fields", "cars", "{}") { Blamed = ["price"] },
        .. new[] { "null", "5", "\"car\"", "[]", "true", $"[{Good}]" }
            .Select(static item => new BadRequest($"[1] is {Shown(item)}", "cars", $"[{Good},{item}]") { Blamed = ["[1]"] }),
        new("The last of 10,000 is bad", "cars", $"[{CarText.Many(9_999)},{CarText.With("price", "0")}]") { Blamed = ["[9999]", "price"] },
        new("Deep arrays", "cars", new string('[', Deep)),
        new("Deep arrays that are closed", "cars", new string('[', Deep) + new string(']', Deep)),
        new("Deep objects in a field", "cars", CarText.With("location", DeepObject)),
        new("Deep arrays in a field nobody knows", "cars", CarText.With("extra", new string('[', Deep) + new string(']', Deep))),
        new("UTF-16", "cars", Encoding.Unicode.GetBytes(Good)),
        new("Bytes that are no text", "cars", [0x00, 0xFF, 0xFE, 0x80]),
        new("Neither JSON nor said to be", "cars", "a car") { ContentType = "text/plain", Statuses = [400, 415] },
        new("A form", "cars", "price=5") { ContentType = "application/x-www-form-urlencoded", Statuses = [400, 415] },
    ];

    private static string Shown(string body) => body.Length <= 24 ? body.ReplaceLineEndings("\\n") : $"{body[..10]}…{body[^12..]}".ReplaceLineEndings("\\n");
}
