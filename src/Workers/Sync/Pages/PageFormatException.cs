namespace BusIngest.Workers.Sync.Pages;

/// <summary>In what way an answer is no page.</summary>
internal enum FormatTrouble
{
    /// <summary>It is a web page.</summary>
    Html,

    /// <summary>It is something else.</summary>
    NotJson,

    /// <summary>Its end is missing.</summary>
    Truncated,

    /// <summary>There is more of something than is taken in.</summary>
    TooMuch,

    /// <summary>Whether another page follows can't be told.</summary>
    Unclear,
}

/// <summary>An answer is no page.</summary>
internal sealed class PageFormatException(FormatTrouble trouble, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>In what way.</summary>
    public FormatTrouble Trouble => trouble;

    /// <summary>There is more of something than is taken in.</summary>
    public static PageFormatException TooMuch(string message) => new(FormatTrouble.TooMuch, message);

    /// <summary>Whether another page follows can't be told.</summary>
    public static PageFormatException Unclear(string message) => new(FormatTrouble.Unclear, message);

    /// <summary>Tells by the first bytes, whatever the answer's headers call it. A byte order mark and blanks may be before them.</summary>
    /// <param name="bytes">What is there so far.</param>
    /// <param name="isLast">Whether that is all.</param>
    /// <param name="consumed">Behind what is passed over.</param>
    /// <returns>Whether the first byte of JSON is there.</returns>
    /// <exception cref="PageFormatException">They begin no JSON.</exception>
    public static bool TryBegin(ReadOnlySpan<byte> bytes, bool isLast, ref int consumed)
    {
        var mark = "\uFEFF"u8;
        var rest = bytes[consumed..];
        if (rest.StartsWith(mark))
            rest = rest[mark.Length..];
        else if (!isLast && rest.Length < mark.Length && mark.StartsWith(rest))
            return false;
        else if (rest is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            throw new PageFormatException(FormatTrouble.NotJson, "the answer is UTF-16, and not UTF-8");

        rest = rest.TrimStart(" \t\r\n"u8);
        consumed = bytes.Length - rest.Length;
        if (rest is not [var first, ..])
            return false;
        if (first == (byte)'<')
            throw new PageFormatException(FormatTrouble.Html, "HTML in place of JSON");
        return first is (byte)'{' or (byte)'[' ? true : throw new PageFormatException(FormatTrouble.NotJson, "the answer is not JSON");
    }
}
