using System.Text.Json;

namespace BusIngest.Contracts;

/// <summary>The one rule for text that comes from outside: what every database takes. PostgreSQL's texts hold neither U+0000 nor half of a surrogate pair.</summary>
public static class StorableText
{
    /// <summary>What is said of a text with U+0000.</summary>
    public const string HasNul = "must not contain the character U+0000";

    /// <summary>What is said of a text with half of a surrogate pair, or of bytes that are not UTF-8.</summary>
    public const string IsNoUnicode = "must be valid Unicode";

    /// <summary>What is wrong with a text; null when nothing is.</summary>
    public static string? Check(ReadOnlySpan<char> text)
    {
        if (text.Contains('\0'))
            return HasNul;

        // Most texts have no surrogates at all.
        for (var at = text.IndexOfAnyInRange('\uD800', '\uDFFF'); at < text.Length && at >= 0; at++)
        {
            if (!char.IsSurrogate(text[at]))
                continue;
            if (at + 1 == text.Length || !char.IsSurrogatePair(text[at], text[at + 1]))
                return IsNoUnicode;
            at++;
        }

        return null;
    }

    /// <summary>What is wrong with a text in UTF-8 that is valid; null when nothing is.</summary>
    public static string? Check(ReadOnlySpan<byte> utf8) => utf8.Contains((byte)0) ? HasNul : null;

    /// <summary>Looks through a JSON value, however deep, names included.</summary>
    /// <param name="value">The value.</param>
    /// <param name="path">How its place is called: `payload`, say; the empty text for a whole body.</param>
    /// <returns>The first text that can't be stored, by its place (`payload.tags[2]`), and what is wrong with it; null when there is none.</returns>
    public static (string Field, string Error)? Find(JsonElement value, string path) => value.ValueKind switch
    {
        JsonValueKind.String => Check(value) is { } error ? (path.Length == 0 ? "$" : path, error) : null,
        JsonValueKind.Array => FindInArray(value, path),
        JsonValueKind.Object => FindInObject(value, path),
        _ => null,
    };

    private static (string Field, string Error)? FindInArray(JsonElement array, string path)
    {
        var index = 0;
        foreach (var item in array.EnumerateArray())
        {
            if (Find(item, $"{path}[{index++}]") is { } found)
                return found;
        }

        return null;
    }

    private static (string Field, string Error)? FindInObject(JsonElement fields, string path)
    {
        foreach (var field in fields.EnumerateObject())
        {
            if (Name(field) is not { } name || Check(name) is not null)
                return (path.Length == 0 ? "$" : path, "has a name that " + (Name(field) is null ? "is no Unicode" : "contains the character U+0000"));
            if (Find(field.Value, path.Length == 0 ? name : $"{path}.{name}") is { } found)
                return found;
        }

        return null;
    }

    private static string? Check(JsonElement text)
    {
        try
        {
            return Check(text.GetString());
        }
        catch (InvalidOperationException)
        {
            // System.Text.Json's answer to half a surrogate pair.
            return IsNoUnicode;
        }
    }

    private static string? Name(JsonProperty field)
    {
        try
        {
            return field.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
