using BusIngest.Contracts.Timers;
using BusIngest.Sagas.Timers;

namespace BusIngest.Api.Timers;

/// <summary>Timers without a saga, as it will begin.</summary>
internal static class NewTimerState
{
    /// <summary>A timer that was accepted.</summary>
    public static TimerState AsItBegins(this CreateTimer timer) => new()
    {
        CorrelationId = timer.TimerId,
        CurrentState = TimerStatus.Scheduled,
        WebhookUrl = timer.WebhookUrl,
        CreatedAt = timer.CreatedAt,
        DueAt = timer.DueAt,
    };

    /// <summary>A timer as its saga told of it.</summary>
    public static TimerState AsItIs(this TimerFound timer) => new()
    {
        CorrelationId = timer.TimerId,
        CurrentState = timer.Status,
        WebhookUrl = timer.WebhookUrl,
        CreatedAt = timer.CreatedAt,
        DueAt = timer.DueAt,
    };
}
