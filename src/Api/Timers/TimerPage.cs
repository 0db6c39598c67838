using BusIngest.Sagas.Timers;

namespace BusIngest.Api.Timers;

/// <summary>A page of timers, newest first.</summary>
/// <param name="Timers">The timers.</param>
/// <param name="Next">What to give as `after` for the next page; null at the end.</param>
internal sealed record TimerPage(IReadOnlyList<TimerView> Timers, string? Next);

/// <summary>A timer in a listing.</summary>
/// <param name="TimerId">Its id.</param>
/// <param name="TimeLeft">Whole seconds until it is due, rounded up; 0 once it is.</param>
/// <param name="TimerStatus">Scheduled, Running, Finished, Failed or Cancelled.</param>
/// <param name="WebhookUrl">What it calls.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="DueAt">When it is due.</param>
/// <param name="FiredAt">When it fired; null while it waits.</param>
/// <param name="DeliveredAt">When its webhook first answered 2xx; null until then.</param>
/// <param name="Attempts">How often the webhook was called.</param>
/// <param name="NextAttemptAt">When it will be called again; null when it will not, or is being called now.</param>
/// <param name="LastError">What was wrong with the last try; null when nothing was.</param>
internal sealed record TimerView(
    Guid TimerId,
    long TimeLeft,
    string TimerStatus,
    string WebhookUrl,
    DateTimeOffset CreatedAt,
    DateTimeOffset DueAt,
    DateTimeOffset? FiredAt,
    DateTimeOffset? DeliveredAt,
    int Attempts,
    DateTimeOffset? NextAttemptAt,
    string? LastError)
{
    /// <summary>A timer as of now.</summary>
    public static TimerView Of(TimerState timer, DateTimeOffset now) => new(
        timer.CorrelationId,
        TimerSummary.SecondsUntil(timer.DueAt, now),
        timer.CurrentState,
        timer.WebhookUrl,
        timer.CreatedAt,
        timer.DueAt,
        timer.FiredAt,
        timer.DeliveredAt,
        timer.Attempts,
        timer.NextAttemptAt,
        timer.LastError);
}
