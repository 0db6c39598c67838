using System.Globalization;
using System.Text;
using System.Text.Json;
using BusIngest.Workers.Net;

namespace BusIngest.Workers.Sync.Pages;

/// <summary>Reads what a page says of itself and of the next one. What decides whether there is another page must be clear; of the rest, what is not is left out.</summary>
internal static class PageFieldReader
{
    /// <summary>Beyond this, a number of seconds that a cursor lives is one of milliseconds.</summary>
    private const double MostSecondsOfLife = 100_000;

    /// <summary>And beyond this, a moment.</summary>
    private const double LeastMoment = 1e8;

    private const int LongestShown = 40;

    /// <summary>Reads a value, which is neither an object nor an array.</summary>
    /// <exception cref="PageFormatException">It says neither yes nor no, or is no cursor.</exception>
    public static void Take(ref Utf8JsonReader reader, PageField field, PagePaths paths, FetchedPage page, PageLimits limits)
    {
        switch (field)
        {
            case PageField.Data:
                page.HasData |= reader.TokenType == JsonTokenType.Null;
                break;
            case PageField.HasMore:
                page.HasMore = Flag(ref reader, paths.Text(field));
                break;
            case PageField.NextCursor:
                page.NextCursor = Cursor(ref reader, paths.Text(field), limits.CursorBytes);
                break;
            case PageField.CursorExpiresIn:
                page.CursorLife = Life(Scalar(ref reader));
                break;
            default:
                if (double.TryParse(Scalar(ref reader), NumberStyles.Float, CultureInfo.InvariantCulture, out var total) && total is >= 0 and < 1e18 && double.IsInteger(total))
                    page.Total = (long)total;
                break;
        }
    }

    private static bool? Flag(ref Utf8JsonReader reader, string path)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return null;

        var text = Scalar(ref reader)?.Trim();
        return text?.ToLowerInvariant() switch
        {
            "true" or "1" or "1.0" => true,
            "false" or "0" or "0.0" => false,
            _ => throw PageFormatException.Unclear($"'{path}' is '{Short(text)}', neither true nor false"),
        };
    }

    /// <summary>An empty cursor is none, and so is false.</summary>
    private static string? Cursor(ref Utf8JsonReader reader, string path, int longest)
    {
        if (reader.TokenType is JsonTokenType.Null or JsonTokenType.False)
            return null;
        if (reader.TokenType == JsonTokenType.True)
            throw PageFormatException.Unclear($"'{path}' is true, which is no cursor");
        if (reader.ValueSpan.Length > longest)
            throw PageFormatException.TooMuch($"the cursor has more than {longest} bytes");
        return Scalar(ref reader) is { Length: > 0 } text ? text : null;
    }

    private static WaitHint? Life(string? text)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return WaitHint.Parse(text);
        return number switch
        {
            <= 0 => null,
            > MostSecondsOfLife and < LeastMoment => WaitHint.Of(number / 1_000),
            _ => WaitHint.Of(number),
        };
    }

    private static string? Scalar(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Null => null,
        _ => Encoding.UTF8.GetString(reader.ValueSpan),
    };

    private static string Short(string? text) => text is null or { Length: <= LongestShown } ? text ?? "" : text[..LongestShown] + "…";
}
