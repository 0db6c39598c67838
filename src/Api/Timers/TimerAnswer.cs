using BusIngest.Sagas.Timers;

namespace BusIngest.Api.Timers;

/// <summary>The answer about one timer.</summary>
/// <param name="Code">The HTTP status once more.</param>
/// <param name="Message">What was done.</param>
/// <param name="Timer">The timer.</param>
internal sealed record TimerAnswer(int Code, string Message, TimerSummary Timer);

/// <summary>What a client waits for.</summary>
/// <param name="TimerId">The timer's id.</param>
/// <param name="TimeLeft">Whole seconds until it is due, rounded up; 0 once it is.</param>
/// <param name="TimerStatus">Scheduled, Running, Finished, Failed or Cancelled.</param>
internal sealed record TimerSummary(Guid TimerId, long TimeLeft, string TimerStatus)
{
    /// <summary>A timer as of now.</summary>
    public static TimerSummary Of(TimerState timer, DateTimeOffset now) =>
        new(timer.CorrelationId, SecondsUntil(timer.DueAt, now), timer.CurrentState);

    /// <summary>Whole seconds until a time, rounded up; 0 when it has come.</summary>
    public static long SecondsUntil(DateTimeOffset due, DateTimeOffset now) =>
        Math.Max(0, (long)Math.Ceiling((due - now).TotalSeconds));
}
