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

    /// <summary>It is larger than may be.</summary>
    TooLarge,
}

/// <summary>An answer is no page.</summary>
internal sealed class PageFormatException(FormatTrouble trouble, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>In what way.</summary>
    public FormatTrouble Trouble => trouble;

    /// <summary>Tells by the first bytes.</summary>
    /// <exception cref="PageFormatException">They begin no JSON.</exception>
    public static void ThrowUnlessJson(ReadOnlySpan<byte> bytes)
    {
        if (bytes.TrimStart(" \t\r\n"u8) is not [var first, ..])
            throw new PageFormatException(FormatTrouble.Truncated, "the answer is empty");
        if (first == (byte)'<')
            throw new PageFormatException(FormatTrouble.Html, "HTML in place of JSON");
        if (first is not ((byte)'{' or (byte)'['))
            throw new PageFormatException(FormatTrouble.NotJson, "the answer is not JSON");
    }
}
