using System.Text;
using System.Text.Json;

namespace BusIngest.Contracts;

/// <summary>
/// Reads the times that clients and remote APIs write, in every route and page alike: ISO 8601 with all that RFC 3339 permits (a space or a lower-case letter in place
/// of T and Z, a leap second), with or without seconds, with offsets such as +02:00, +0200 and +02, and UTC where there is none. A date alone is its first moment.
/// </summary>
public static class IsoTime
{
    /// <summary>What it must look like, to follow a field's name in an error.</summary>
    public const string Expected = "must be an ISO 8601 time like 2026-01-31T12:00:00Z";

    private const int ToDay = 10;
    private const int ToMinutes = 16;
    private const int ToSeconds = 19;
    private const int TickDigits = 7;
    private const long MostTicks = 3_155_378_975_999_999_999;
    private const int LongestEscaped = 256;

    /// <summary>Reads a time.</summary>
    /// <param name="text">The text in UTF-8.</param>
    /// <param name="time">The moment, in UTC; what is finer than 100 ns is cut off. A leap second is the moment after it.</param>
    /// <returns>False when it is no time, or not in the years 1 to 9999.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        var isTime = TryParseTicks(text, out var ticks);
        time = new DateTimeOffset(ticks, TimeSpan.Zero);
        return isTime;
    }

    /// <summary>Reads a time.</summary>
    /// <param name="text">The text.</param>
    /// <param name="time">The moment, in UTC.</param>
    /// <returns>False when it is no time, or not in the years 1 to 9999.</returns>
    public static bool TryParse(string text, out DateTimeOffset time) => TryParse(Encoding.UTF8.GetBytes(text), out time);

    /// <summary>Reads the time that a reader stands on.</summary>
    /// <param name="reader">Stands on a value of any kind.</param>
    /// <param name="time">The moment, in UTC.</param>
    /// <returns>False when it is no text, or no time.</returns>
    public static bool TryRead(ref Utf8JsonReader reader, out DateTimeOffset time)
    {
        time = default;
        if (reader.TokenType != JsonTokenType.String)
            return false;
        if (reader is { ValueIsEscaped: false, HasValueSequence: false })
            return TryParse(reader.ValueSpan, out time);
        if ((reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length) > LongestEscaped)
            return false;

        Span<byte> copy = stackalloc byte[LongestEscaped];
        try
        {
            return TryParse(copy[..reader.CopyString(copy)], out time);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair.
            return false;
        }
    }

    private static bool TryParseTicks(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.Length < ToDay || text[4] != '-' || text[7] != '-')
            return false;

        var year = (Two(text, 0) * 100) + Two(text, 2);
        var (month, day) = (Two(text, 5), Two(text, 8));
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;

        ticks = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc).Ticks;
        return text.Length == ToDay || TryAddTimeOfDay(text, ref ticks);
    }

    private static bool TryAddTimeOfDay(ReadOnlySpan<byte> text, ref long ticks)
    {
        if (text.Length < ToMinutes || text[ToDay] is not ((byte)'T' or (byte)'t' or (byte)' ') || text[13] != ':')
            return false;

        var (hour, minute, second) = (Two(text, 11), Two(text, 14), 0);
        var rest = text[ToMinutes..];
        var fraction = 0L;
        if (rest is [(byte)':', ..])
        {
            if (text.Length < ToSeconds)
                return false;
            second = Two(text, 17);
            rest = text[ToSeconds..];
            if (rest is [(byte)'.' or (byte)',', ..] && !TryCutFraction(ref rest, out fraction))
                return false;
        }

        if (hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 60 || !TryReadOffset(rest, out var offset))
            return false;

        ticks += (((hour * 60L) + minute - offset) * TimeSpan.TicksPerMinute) + (second * TimeSpan.TicksPerSecond) + fraction;
        var isRight = ticks is >= 0 and <= MostTicks && (second < 60 || FollowsLeapSecond(ticks));
        ticks = isRight ? ticks : 0;
        return isRight;
    }

    /// <summary>Whether a moment is in the first second of a half-year in UTC: leap seconds are the last ones of June and December (RFC 3339, appendix D).</summary>
    private static bool FollowsLeapSecond(long ticks) =>
        new DateTime(ticks, DateTimeKind.Utc) is { Month: 1 or 7, Day: 1, Hour: 0, Minute: 0, Second: 0 };

    private static bool TryCutFraction(ref ReadOnlySpan<byte> rest, out long ticks)
    {
        ticks = 0;
        var digits = rest[1..];
        var length = digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (length < 0)
            length = digits.Length;
        for (var i = 0; i < TickDigits; i++)
            ticks = (ticks * 10) + (i < length ? digits[i] - '0' : 0);
        rest = digits[length..];
        return length > 0;
    }

    /// <summary>Reads what stands behind the time of day: nothing, a letter for UTC, or an offset; a space may be between.</summary>
    private static bool TryReadOffset(ReadOnlySpan<byte> rest, out int minutes)
    {
        minutes = 0;
        if (rest.IsEmpty)
            return true;
        if (rest[0] == ' ')
            rest = rest[1..];
        if (rest is [(byte)'Z' or (byte)'z'] || rest.SequenceEqual("UTC"u8) || rest.SequenceEqual("GMT"u8))
            return true;
        if (rest is not [(byte)'+' or (byte)'-', _, _, ..])
            return false;

        var hours = Two(rest, 1);
        var ofHour = rest.Length switch
        {
            3 => 0,
            5 => Two(rest, 3),
            6 when rest[3] == ':' => Two(rest, 4),
            _ => -1,
        };
        minutes = (rest[0] == '-' ? -1 : 1) * ((hours * 60) + ofHour);
        return hours is >= 0 and <= 23 && ofHour is >= 0 and <= 59;
    }

    /// <summary>Two digits; far below 0 when they are none.</summary>
    private static int Two(ReadOnlySpan<byte> text, int at)
    {
        var (tens, ones) = ((uint)(text[at] - '0'), (uint)(text[at + 1] - '0'));
        return tens <= 9 && ones <= 9 ? (int)((tens * 10) + ones) : -10_000;
    }
}
