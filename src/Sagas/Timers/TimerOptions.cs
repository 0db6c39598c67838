namespace BusIngest.Sagas.Timers;

/// <summary>How timers are set up.</summary>
public sealed record TimerOptions
{
    /// <summary>
    /// The pauses before a webhook is called again, one for each retry: at most 20, of 0–24 h each. When the last one is over and
    /// the call has failed again, the timer is Failed. Empty: one call only. Default 5 s, 30 s, 2 min, 10 min, 1 h.
    /// </summary>
    public IReadOnlyList<TimeSpan> RetrySchedule { get; init; } =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1),
    ];
}
