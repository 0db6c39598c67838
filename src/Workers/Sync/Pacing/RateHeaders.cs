using System.Globalization;
using System.Net.Http.Headers;
using BusIngest.Contracts.Sync;
using BusIngest.Workers.Net;

namespace BusIngest.Workers.Sync.Pacing;

/// <summary>What an answer says of the pace that is permitted, read and clamped.</summary>
/// <param name="Limit">The requests of a window; null: nothing is said.</param>
/// <param name="Remaining">Those that are left; null: nothing is said.</param>
/// <param name="Reset">When the window ends, by our clock; null: nothing is said.</param>
/// <param name="RetryAfter">How long to wait; null: nothing is said, or nothing of use.</param>
internal sealed record RateHeaders(int? Limit, int? Remaining, WaitHint? Reset, TimeSpan? RetryAfter)
{
    /// <summary>What was not followed as it stood, and why; null: nothing.</summary>
    public string? Note { get; private init; }

    /// <summary>How far the other side's clock is ahead of ours, if that is more than a trifle.</summary>
    public TimeSpan ClockAhead { get; private init; }

    /// <summary>Whether a refusal with these headers is for asking too much, whatever its status says.</summary>
    public bool IsThrottle => RetryAfter is not null || Remaining == 0;

    /// <summary>Reads the headers of an answer.</summary>
    /// <param name="headers">The headers.</param>
    /// <param name="definition">Names those of the source; RateLimit and RateLimit-Policy of the IETF, and their earlier forms, are read where these are not there.</param>
    /// <param name="now">When they were there.</param>
    /// <param name="longest">The longest wait that is taken from a hint.</param>
    public static RateHeaders Read(HttpResponseHeaders headers, SourceDefinition definition, DateTimeOffset now, TimeSpan longest)
    {
        var all = headers.NonValidated;
        var ahead = WaitHint.ClockAhead(Text(all, "Date"), now);
        var notes = new List<string>();
        if (ahead != TimeSpan.Zero)
            notes.Add($"the source's clock is {Show(ahead.Duration())} {(ahead > TimeSpan.Zero ? "ahead" : "behind")}");

        var budget = new RateBudget(Whole(all, definition.LimitHeader), Whole(all, definition.RemainingHeader), Text(all, definition.ResetHeader));
        if (budget.Remaining is null && definition.RemainingHeader.Length > 0)
        {
            budget = RateLimitField.Read(Text(all, "RateLimit"), Text(all, "RateLimit-Policy"))
                ?? new RateBudget(Whole(all, "RateLimit-Limit"), Whole(all, "RateLimit-Remaining"), Text(all, "RateLimit-Reset"));
        }

        var reset = Hint(definition.ResetHeader, budget.Reset, notes);
        if (reset is { } end && (end.At is not null && ahead != TimeSpan.Zero || end.From(now, ahead) > longest))
            reset = new WaitHint(Clamp(definition.ResetHeader, budget.Reset!, end.From(now, ahead), longest, notes).TotalSeconds, At: null, IsWhole: true);
        var retryAfter = LongestRetryAfter(all, now, ahead, longest, notes);
        return new RateHeaders(budget.Limit, budget.Remaining, reset, retryAfter)
        {
            Note = notes.Count == 0 ? null : string.Join("; ", notes),
            ClockAhead = ahead,
        };
    }

    /// <summary>A wait in words.</summary>
    public static string Show(TimeSpan wait) => wait.TotalMinutes < 2
        ? string.Create(CultureInfo.InvariantCulture, $"{wait.TotalSeconds:0.#} s")
        : string.Create(CultureInfo.InvariantCulture, $"{(long)wait.TotalHours}:{wait.Minutes:00}:{wait.Seconds:00} h");

    /// <summary>Where it is there more than once, the longest wait counts.</summary>
    private static TimeSpan? LongestRetryAfter(HttpHeadersNonValidated headers, DateTimeOffset now, TimeSpan ahead, TimeSpan longest, List<string> notes)
    {
        const string name = "Retry-After";
        if (!headers.TryGetValues(name, out var values))
            return null;

        TimeSpan? wait = null;
        foreach (var value in values)
        {
            if (Hint(name, value, notes) is not { } hint)
                continue;
            var one = Clamp(name, value, hint.From(now, ahead), longest, notes);
            wait = one > wait.GetValueOrDefault() || wait is null ? one : wait;
        }

        return wait;
    }

    private static WaitHint? Hint(string name, string? value, List<string> notes)
    {
        var hint = WaitHint.Parse(value);
        if (hint is null && !string.IsNullOrEmpty(value))
            notes.Add($"{name}: {Printable(value)} is no wait");
        return hint;
    }

    private static TimeSpan Clamp(string name, string value, TimeSpan wait, TimeSpan longest, List<string> notes)
    {
        if (wait <= longest)
            return wait;

        notes.Add($"{name}: {Printable(value)} is cut to {Show(longest)}");
        return longest;
    }

    /// <summary>The first number of a header: `5`, `5.0`, `100, 100;w=60`. None left is as good as fewer than none.</summary>
    private static int? Whole(HttpHeadersNonValidated headers, string name)
    {
        var text = (Text(headers, name) ?? "").Split(',', ';')[0].Trim();
        return double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number)
            ? (int)Math.Clamp(Math.Floor(number), 0, int.MaxValue)
            : null;
    }

    private static string? Text(HttpHeadersNonValidated headers, string name) =>
        name.Length > 0 && headers.TryGetValues(name, out var values) ? values.ToString().Trim() : null;

    private static string Printable(string value)
    {
        const int longestShown = 60;
        var line = string.Concat(value.Select(letter => char.IsControl(letter) ? '?' : letter));
        return line.Length <= longestShown ? line : line[..longestShown] + "…";
    }
}

/// <summary>What is left of a window, as headers tell it.</summary>
/// <param name="Limit">The requests of a window.</param>
/// <param name="Remaining">Those that are left.</param>
/// <param name="Reset">When it ends, as it is written.</param>
internal sealed record RateBudget(int? Limit, int? Remaining, string? Reset);
