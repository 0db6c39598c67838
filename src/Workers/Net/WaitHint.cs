using System.Globalization;
using BusIngest.Contracts;
using Microsoft.Net.Http.Headers;

namespace BusIngest.Workers.Net;

/// <summary>A wait as another side tells it: so long from now, or until a moment. It is a hint: whoever follows it bounds it.</summary>
/// <param name="Seconds">Seconds from now, at least 0; null: it is a moment.</param>
/// <param name="At">The moment by the other side's clock; null: it is seconds.</param>
/// <param name="IsWhole">Whether it was rounded to a second, in whichever way.</param>
internal readonly record struct WaitHint(double? Seconds, DateTimeOffset? At, bool IsWhole)
{
    private const double LeastEpochSeconds = 1e8;
    private const double LeastEpochMilliseconds = 1e11;
    private const double EndEpochMilliseconds = 253_402_300_800_000;
    private const double MostSeconds = 1e10;

    /// <summary>Clocks that differ by no more than this are taken for one: headers tell whole seconds, and answers take their time.</summary>
    private static readonly TimeSpan SameClock = TimeSpan.FromSeconds(2);

    /// <summary>Reads seconds (whole or with decimals), seconds or milliseconds since 1970, a date of HTTP, or ISO 8601.</summary>
    /// <returns>Null when it is nothing of these, or negative.</returns>
    public static WaitHint? Parse(string? text)
    {
        text = text?.Trim() ?? "";
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return Of(number);
        if (HeaderUtilities.TryParseDate(text, out var date) || IsoTime.TryParse(text, out date))
            return new WaitHint(Seconds: null, date, date.Ticks % TimeSpan.TicksPerSecond == 0);
        return null;
    }

    /// <summary>A number as a hint: seconds, or since 1970, by its magnitude.</summary>
    /// <param name="number">At least 0.</param>
    public static WaitHint Of(double number)
    {
        var isWhole = double.IsInteger(number);
        return number switch
        {
            < LeastEpochSeconds => new WaitHint(number, At: null, isWhole),
            < LeastEpochMilliseconds => new WaitHint(Seconds: null, DateTimeOffset.UnixEpoch.AddSeconds(number), isWhole),
            < EndEpochMilliseconds => new WaitHint(Seconds: null, DateTimeOffset.UnixEpoch.AddMilliseconds(number), IsWhole: false),
            _ => new WaitHint(MostSeconds, At: null, isWhole),
        };
    }

    /// <summary>How far the other side's clock is ahead of ours, by its header Date; 0 where both may be one clock, or there is none.</summary>
    /// <param name="date">The header, or null.</param>
    /// <param name="now">Our time when it was there.</param>
    public static TimeSpan ClockAhead(string? date, DateTimeOffset now) =>
        HeaderUtilities.TryParseDate(date ?? "", out var told) && (told - now).Duration() > SameClock ? told - now : TimeSpan.Zero;

    /// <summary>How long it is.</summary>
    /// <param name="now">Our time.</param>
    /// <param name="ahead">How far the other side's clock is ahead of it.</param>
    /// <returns>At least 0.</returns>
    public TimeSpan From(DateTimeOffset now, TimeSpan ahead)
    {
        var wait = At is { } at ? at - now - ahead : TimeSpan.FromSeconds(Math.Min(Seconds.GetValueOrDefault(), MostSeconds));
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }
}
