using System.Text.Unicode;

namespace BusIngest.Workers.Sync.Pages;

/// <summary>Looks at all of an event's text: what is not UTF-8, or no Unicode, is found only where it is looked at, and most of an event is not.</summary>
internal static class ItemText
{
    private const int EscapeLength = 6;

    /// <summary>What is wrong with it; null when nothing is.</summary>
    public static string? FindError(ReadOnlySpan<byte> item) =>
        !Utf8.IsValid(item) ? "is not valid UTF-8" : HasHalfPair(item) ? "is not valid Unicode" : null;

    /// <summary>Whether there is half a surrogate pair, which only an escape can write.</summary>
    private static bool HasHalfPair(ReadOnlySpan<byte> item)
    {
        for (var next = item.IndexOf((byte)'\\'); next >= 0; next = item.IndexOf((byte)'\\'))
        {
            item = item[next..];
            var unit = Unit(item);
            var length = unit < 0 ? Math.Min(2, item.Length) : EscapeLength;
            if (unit is >= 0xDC00 and <= 0xDFFF)
                return true;
            if (unit is >= 0xD800 and <= 0xDBFF)
            {
                if (Unit(item[EscapeLength..]) is not (>= 0xDC00 and <= 0xDFFF))
                    return true;
                length = 2 * EscapeLength;
            }

            item = item[length..];
        }

        return false;
    }

    /// <summary>The unit of UTF-16 that an escape stands for; negative when it is none of this kind.</summary>
    private static int Unit(ReadOnlySpan<byte> text)
    {
        if (text.Length < EscapeLength || text[0] != '\\' || text[1] != 'u')
            return -1;

        var unit = 0;
        foreach (var digit in text[2..EscapeLength])
        {
            if (!char.IsAsciiHexDigit((char)digit))
                return -1;
            unit = (unit << 4) | (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }

        return unit;
    }
}
