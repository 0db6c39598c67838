using System.Buffers;
using System.Text;
using System.Text.Json;

namespace BusIngest.Api.Hosting;

/// <summary>JSON objects as comma-separated values (RFC 4180): lines end in CR LF, and what is itself an object or an array is a cell of JSON.</summary>
internal static class CsvTable
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    /// <summary>Writes a table with a line of names first.</summary>
    /// <param name="columns">The names that each row may have; none: those that the rows have, in the order in which they first appear.</param>
    /// <param name="rows">The rows, each a JSON object.</param>
    public static string Write(IReadOnlyList<string> columns, IReadOnlyList<JsonElement> rows)
    {
        var names = columns.Count > 0
            ? columns
            : [.. rows.SelectMany(row => row.EnumerateObject().Select(field => field.Name)).Distinct(StringComparer.Ordinal)];
        var text = new StringBuilder();
        WriteLine(text, names);
        foreach (var row in rows)
            WriteLine(text, names.Select(name => row.TryGetProperty(name, out var value) ? Cell(value) : ""));
        return text.ToString();
    }

    private static void WriteLine(StringBuilder text, IEnumerable<string> cells)
    {
        text.AppendJoin(',', cells.Select(Escape)).Append("\r\n");
    }

    private static string Cell(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };

    private static string Escape(string cell) =>
        cell.AsSpan().ContainsAny(Quoted) ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
