using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace BusIngest.Workers.Net;

/// <summary>The header Retry-After (RFC 9110, 10.2.3).</summary>
internal static class RetryAfter
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>Reads seconds or an HTTP date.</summary>
    /// <param name="value">The header's value, or null.</param>
    /// <param name="now">What a date is relative to.</param>
    /// <returns>0–24 h, clamped; null when it is neither.</returns>
    public static TimeSpan? Parse(string? value, DateTimeOffset now)
    {
        var text = value?.Trim() ?? "";
        if (text.Length > 0 && text.All(char.IsAsciiDigit))
            return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < Longest.TotalSeconds
                ? TimeSpan.FromSeconds(seconds)
                : Longest;
        return HeaderUtilities.TryParseDate(text, out var date)
            ? TimeSpan.FromTicks(Math.Clamp((date - now).Ticks, 0, Longest.Ticks))
            : null;
    }
}
