namespace BusIngest.Sagas.Timers;

/// <summary>How often and when a timer's webhook is tried again.</summary>
public sealed record TimerOptions
{
    /// <summary>
    /// The pauses before the second try, the third and so on: at most 20, of 0–24 h each; when they are used up, the timer is Failed. Empty: one
    /// try. Default 5 s, 30 s, 2 min, 10 min, 1 h: six tries.
    /// </summary>
    public IReadOnlyList<TimeSpan> RetrySchedule { get; init; } =
    [
        TimeSpan.FromSeconds(5),
        TimeSpan.FromSeconds(30),
        TimeSpan.FromMinutes(2),
        TimeSpan.FromMinutes(10),
        TimeSpan.FromHours(1),
    ];

    /// <summary>
    /// The longest pause that the other side may ask for by Retry-After, above zero; a longer one is cut to it, so that nobody puts off
    /// a webhook for ever. Default 1 day.
    /// </summary>
    public TimeSpan LongestRetryAfter { get; init; } = TimeSpan.FromDays(1);
}
