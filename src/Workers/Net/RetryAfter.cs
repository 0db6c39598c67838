namespace BusIngest.Workers.Net;

/// <summary>The header Retry-After (RFC 9110, 10.2.3), and what is written in its place.</summary>
internal static class RetryAfter
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>Reads any form of <see cref="WaitHint"/>.</summary>
    /// <param name="value">The header's value, or null.</param>
    /// <param name="now">What a moment is relative to: the other side's time, if it is known.</param>
    /// <returns>0–24 h, clamped; null when it is no hint.</returns>
    public static TimeSpan? Parse(string? value, DateTimeOffset now) =>
        WaitHint.Parse(value) is not { } hint ? null : hint.From(now, TimeSpan.Zero) is var wait && wait < Longest ? wait : Longest;
}
