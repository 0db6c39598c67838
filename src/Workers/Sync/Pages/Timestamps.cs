using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using BusIngest.Contracts;

namespace BusIngest.Workers.Sync.Pages;

/// <summary>Reads the ways in which events tell their time.</summary>
internal static class Timestamps
{
    /// <summary>The length of <see cref="Format"/>'s text.</summary>
    public const int Length = 24;

    /// <summary>Below it, a number is seconds (until the year 5138); from it on, milliseconds (from 1973).</summary>
    private const long LeastMilliseconds = 100_000_000_000;

    /// <summary>The first millisecond of the year 10000; from it on, a number is microseconds (from 1978).</summary>
    private const long LeastMicroseconds = 253_402_300_800_000;

    /// <summary>From it on, nanoseconds (from 1973; microseconds until 5138).</summary>
    private const long LeastNanoseconds = 100_000_000_000_000_000;

    /// <summary>Reads a time: seconds, milliseconds, microseconds or nanoseconds since 1970, by magnitude, as a number or as text, or what
    /// <see cref="IsoTime"/> reads. What is finer than a millisecond is cut.</summary>
    /// <param name="reader">Stands on the value.</param>
    /// <param name="ms">Milliseconds since 1970.</param>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    /// <exception cref="InvalidOperationException">It is a text that is no Unicode.</exception>
    public static string? Read(ref Utf8JsonReader reader, out long ms)
    {
        ms = 0;
        switch (reader.TokenType)
        {
            case JsonTokenType.Number when reader.TryGetInt64(out var whole):
                return FromWhole(whole, out ms);
            case JsonTokenType.Number:
                return reader.TryGetDouble(out var number) ? FromNumber(number, out ms) : "the time is out of range";
            case JsonTokenType.String:
                return !reader.ValueIsEscaped && TryParsePlain(reader.ValueSpan, out ms) ? null : Parse(reader.GetString()!, out ms);
            default:
                return "the time is neither a number nor a text";
        }
    }

    /// <summary>Reads the text of a time.</summary>
    public static string? Parse(string text, out long ms)
    {
        ms = 0;
        text = text.Trim();
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return FromNumber(number, out ms);
        if (!IsoTime.TryParse(text, out var time))
            return "the time is neither a number nor ISO 8601";

        ms = time.ToUnixTimeMilliseconds();
        return null;
    }

    /// <summary>Reads the usual texts, `1704067200000` and `2024-01-01T00:00:00.123Z`, for a tenth of what <see cref="Parse"/> costs.</summary>
    /// <returns>False when it is not as usual, whether or not it is a time.</returns>
    public static bool TryParsePlain(ReadOnlySpan<byte> text, out long ms)
    {
        ms = 0;
        if (!text.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return Utf8Parser.TryParse(text, out long number, out _) && FromWhole(number, out ms) is null;
        if (!IsoTime.TryParse(text, out var time))
            return false;

        ms = time.ToUnixTimeMilliseconds();
        return true;
    }

    /// <summary>Writes a time as `2026-01-31T23:59:59.999Z`.</summary>
    public static void Format(long ms, Span<byte> text)
    {
        // With seven digits of the second, of which the last four are zeros.
        Span<byte> round = stackalloc byte[28];
        Utf8Formatter.TryFormat(DateTime.UnixEpoch.AddTicks(ms * TimeSpan.TicksPerMillisecond), round, out _, 'O');
        round[..(Length - 1)].CopyTo(text);
        text[Length - 1] = (byte)'Z';
    }

    private static string? FromWhole(long number, out long ms)
    {
        ms = number switch
        {
            < LeastMilliseconds => number * 1_000,
            < LeastMicroseconds => number,
            < LeastNanoseconds => number / 1_000,
            _ => number / 1_000_000,
        };
        return number >= 0 ? null : "the time is out of range";
    }

    private static string? FromNumber(double number, out long ms)
    {
        ms = 0;
        if (!(number is >= 0 and < long.MaxValue))
            return "the time is out of range";
        if (number >= LeastMilliseconds)
            return FromWhole((long)number, out ms);

        // Fractions of a second are a matter of rounding: 1.001 s is 1000.9999… ms.
        ms = (long)Math.Round(number * 1_000);
        return null;
    }
}
