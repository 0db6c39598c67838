namespace BusIngest.Sagas.Timers;

/// <summary>What <see cref="TimerMachine"/> asks before it decides.</summary>
internal static class TimerRules
{
    /// <summary>Whether this try is the one under way: not an earlier one, and none whose outcome is known.</summary>
    public static bool Awaits(this TimerState timer, int attempt) => attempt == timer.Attempts && timer.NextAttemptAt is null;

    /// <summary>Whether the schedule has another try after the one that failed.</summary>
    public static bool HasRetryFor(this TimerOptions options, TimerState timer) => RetriesOf(timer) < options.RetrySchedule.Count;

    /// <summary>The pause before the next try: the schedule's, or what the other side asks for, if that is longer.</summary>
    /// <param name="options">Has the schedule.</param>
    /// <param name="timer">Has a retry left.</param>
    /// <param name="retryAfterMs">What the other side asks for, in milliseconds, however much that is; null: nothing.</param>
    public static TimeSpan PauseOf(this TimerOptions options, TimerState timer, long? retryAfterMs)
    {
        var scheduled = options.RetrySchedule[RetriesOf(timer)];
        // Compared as numbers: there are more milliseconds than a TimeSpan can hold.
        var asked = TimeSpan.FromMilliseconds(Math.Clamp(retryAfterMs ?? 0, 0, (long)options.LongestRetryAfter.TotalMilliseconds));
        return asked > scheduled ? asked : scheduled;
    }

    private static int RetriesOf(TimerState timer) => timer.Attempts - timer.AttemptsBefore - 1;
}
