using System.Globalization;
using System.Net.Http.Headers;
using BusIngest.Contracts.Sync;

namespace BusIngest.Workers.Sync.Pacing;

/// <summary>What an answer says of the pace that is permitted.</summary>
/// <param name="Limit">The requests of a window; null: nothing is said.</param>
/// <param name="Remaining">Those that are left; null: nothing is said.</param>
/// <param name="Reset">When the window ends; null: nothing is said.</param>
/// <param name="RetryAfter">How long to wait; null: nothing is said.</param>
internal sealed record RateHeaders(int? Limit, int? Remaining, WindowEnd? Reset, TimeSpan? RetryAfter)
{
    /// <summary>Reads the headers of an answer.</summary>
    public static RateHeaders Read(HttpResponseHeaders headers, SourceDefinition definition, DateTimeOffset now)
    {
        var all = headers.NonValidated;
        return new RateHeaders(
            Whole(all, definition.LimitHeader), Whole(all, definition.RemainingHeader), WindowEnd.Parse(Text(all, definition.ResetHeader)),
            Net.RetryAfter.Parse(Text(all, "Retry-After"), now));
    }

    private static int? Whole(HttpHeadersNonValidated headers, string name) =>
        int.TryParse(Text(headers, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? Text(HttpHeadersNonValidated headers, string name) =>
        name.Length > 0 && headers.TryGetValues(name, out var values) ? values.ToString().Trim() : null;
}

/// <summary>The end of a window, as a header tells it: so many seconds from now, or a moment.</summary>
/// <param name="SecondsFromNow">Seconds; null: it is a moment.</param>
/// <param name="At">The moment; null: it is seconds.</param>
/// <param name="IsRounded">Whether it was rounded to a second, in whichever way.</param>
internal sealed record WindowEnd(double? SecondsFromNow, DateTimeOffset? At, bool IsRounded)
{
    private const double LeastEpochSeconds = 1e8;
    private const double LeastEpochMilliseconds = 1e11;
    private const double EndEpochMilliseconds = 253_402_300_800_000;

    /// <summary>Reads the header; null when it is none.</summary>
    public static WindowEnd? Parse(string? text)
    {
        if (!double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return null;

        var isWhole = double.IsInteger(number);
        return number switch
        {
            < LeastEpochSeconds => new WindowEnd(number, At: null, isWhole),
            < LeastEpochMilliseconds => new WindowEnd(SecondsFromNow: null, DateTimeOffset.UnixEpoch.AddSeconds(number), isWhole),
            < EndEpochMilliseconds => new WindowEnd(SecondsFromNow: null, DateTimeOffset.UnixEpoch.AddMilliseconds(number), IsRounded: false),
            _ => null,
        };
    }
}
