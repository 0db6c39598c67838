using BusIngest.Sagas.Timers;

namespace BusIngest.Api.Timers;

/// <summary>How a timer's webhook was called.</summary>
/// <param name="TimerId">The timer's id.</param>
/// <param name="TimerStatus">Scheduled, Running, Finished, Failed or Cancelled.</param>
/// <param name="Attempts">The tries, the first one first.</param>
/// <param name="Lateness">How late it was.</param>
internal sealed record TimerAttempts(Guid TimerId, string TimerStatus, IReadOnlyList<AttemptView> Attempts, TimerLateness Lateness);

/// <summary>One try.</summary>
/// <param name="Attempt">Which, from 1.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="DurationMs">How long it took, in milliseconds.</param>
/// <param name="StatusCode">The answer's HTTP status; null when there was no answer.</param>
/// <param name="Error">What was wrong; null when nothing was.</param>
/// <param name="ResponseBody">The beginning of the answer's body; null when there was none.</param>
/// <param name="NextTryAt">When the next try is, at the last one only; null when there is none.</param>
internal sealed record AttemptView(
    int Attempt, DateTimeOffset StartedAt, long DurationMs, int? StatusCode, string? Error, string? ResponseBody, DateTimeOffset? NextTryAt);

/// <summary>How late a timer was.</summary>
/// <param name="DueAt">When it was due.</param>
/// <param name="FiredAt">When it fired; null while it waits.</param>
/// <param name="DeliveredAt">When its webhook first answered 2xx; null until then.</param>
/// <param name="FiredLateMs">Milliseconds from due to fired.</param>
/// <param name="DeliveredLateMs">Milliseconds from due to delivered.</param>
internal sealed record TimerLateness(
    DateTimeOffset DueAt, DateTimeOffset? FiredAt, DateTimeOffset? DeliveredAt, long? FiredLateMs, long? DeliveredLateMs)
{
    /// <summary>The lateness of a timer.</summary>
    public static TimerLateness Of(TimerState timer) => new(
        timer.DueAt, timer.FiredAt, timer.DeliveredAt, Milliseconds(timer.FiredAt - timer.DueAt), Milliseconds(timer.DeliveredAt - timer.DueAt));

    private static long? Milliseconds(TimeSpan? late) => (long?)late?.TotalMilliseconds;
}
