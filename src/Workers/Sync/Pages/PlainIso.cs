namespace BusIngest.Workers.Sync.Pages;

/// <summary>Reads ISO 8601 in its usual form alone: to the second or finer, with T or a space, in UTC with Z or without a zone.</summary>
internal static class PlainIso
{
    private const int ToSeconds = 19;
    private const int MostDigits = 7;

    /// <summary>Reads a time.</summary>
    /// <param name="text">The text in UTF-8.</param>
    /// <param name="ticks">Its <see cref="DateTime.Ticks"/>.</param>
    /// <returns>False when it has another form, or is none.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.Length < ToSeconds || text[4] != '-' || text[7] != '-' || text[10] is not ((byte)'T' or (byte)' ') || text[13] != ':' || text[16] != ':')
            return false;

        var year = (Two(text, 0) * 100) + Two(text, 2);
        var (month, day) = (Two(text, 5), Two(text, 8));
        var (hour, minute, second) = (Two(text, 11), Two(text, 14), Two(text, 17));
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59 || !TryFraction(text[ToSeconds..], out var fraction))
            return false;

        ticks = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).Ticks + fraction;
        return true;
    }

    private static bool TryFraction(ReadOnlySpan<byte> rest, out long ticks)
    {
        ticks = 0;
        if (rest is [.., (byte)'Z'])
            rest = rest[..^1];
        if (rest.IsEmpty)
            return true;
        if (rest[0] != '.' || rest.Length is < 2 or > MostDigits + 1 || rest[1..].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return false;

        for (var i = 1; i <= MostDigits; i++)
            ticks = (ticks * 10) + (i < rest.Length ? rest[i] - '0' : 0);
        return true;
    }

    /// <summary>Two digits; far below 0 when they are none.</summary>
    private static int Two(ReadOnlySpan<byte> text, int at)
    {
        var (tens, ones) = ((uint)(text[at] - '0'), (uint)(text[at + 1] - '0'));
        return tens <= 9 && ones <= 9 ? (int)((tens * 10) + ones) : -10_000;
    }
}
