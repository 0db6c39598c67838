using System.Globalization;
using System.Text.Json;

namespace BusIngest.Workers.Sync.Pages;

/// <summary>Reads the ways in which events tell their time.</summary>
internal static class Timestamps
{
    /// <summary>The length of <see cref="Format"/>'s text.</summary>
    public const int Length = 24;

    /// <summary>Below it, a number is seconds (until the year 5138); from it on, milliseconds (from 1973).</summary>
    private const double LeastMilliseconds = 1e11;

    /// <summary>The first millisecond of the year 10000.</summary>
    private const double EndMilliseconds = 253_402_300_800_000;

    private const int ShortestIso = 16;

    /// <summary>Reads a time: milliseconds or seconds since 1970 as a number or as text, or ISO 8601 with T or a space; without a zone it is
    /// UTC. What is finer than a millisecond is cut.</summary>
    /// <param name="reader">Stands on the value.</param>
    /// <param name="ms">Milliseconds since 1970.</param>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    public static string? Read(ref Utf8JsonReader reader, out long ms)
    {
        ms = 0;
        return reader.TokenType switch
        {
            JsonTokenType.Number => reader.TryGetDouble(out var number) ? FromNumber(number, out ms) : "the time is out of range",
            JsonTokenType.String => Parse(reader.GetString()!, out ms),
            _ => "the time is neither a number nor a text",
        };
    }

    /// <summary>Reads the text of a time.</summary>
    public static string? Parse(string text, out long ms)
    {
        ms = 0;
        text = text.Trim();
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return FromNumber(number, out ms);
        if (!LooksLikeIso(text)
            || !DateTimeOffset.TryParse(WithColon(text), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return "the time is neither a number nor ISO 8601";

        ms = time.ToUnixTimeMilliseconds();
        return null;
    }

    /// <summary>Writes a time as `2026-01-31T23:59:59.999Z`.</summary>
    public static void Format(long ms, Span<byte> text) =>
        DateTimeOffset.FromUnixTimeMilliseconds(ms).TryFormat(text, out _, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string? FromNumber(double number, out long ms)
    {
        ms = 0;
        if (!(number >= 0 && number < EndMilliseconds))
            return "the time is out of range";

        // Fractions of a second are a matter of rounding: 1.001 s is 1000.9999… ms.
        ms = number < LeastMilliseconds ? (long)Math.Round(number * 1_000) : (long)number;
        return null;
    }

    /// <summary>A date with a time: the parser would also take what nobody can know the meaning of.</summary>
    private static bool LooksLikeIso(string text) =>
        text.Length >= ShortestIso && char.IsAsciiDigit(text[0]) && text[4] == '-' && text[7] == '-' && text[10] is 'T' or 't' or ' '
        && text[13] == ':';

    /// <summary>The zone as +01:00 where it is +0100.</summary>
    private static string WithColon(string text) =>
        text[^5] is '+' or '-' && text.AsSpan(^4).ContainsAnyExceptInRange('0', '9') is false ? text.Insert(text.Length - 2, ":") : text;
}
