namespace BusIngest.Workers.Timers.Attempts;

/// <summary>A try of a timer's webhook: a row of the table `timer_attempts`.</summary>
public sealed class TimerAttempt
{
    /// <summary>Its place in the order of storing.</summary>
    public long Seq { get; init; }

    /// <summary>The timer.</summary>
    public Guid TimerId { get; init; }

    /// <summary>Which try it is since the timer was created, from 1. A try that a crash cut off may stand beside its repetition.</summary>
    public int Attempt { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took, in milliseconds.</summary>
    public long DurationMs { get; init; }

    /// <summary>What the webhook answered; null when it did not.</summary>
    public int? StatusCode { get; init; }

    /// <summary>What was wrong; null when nothing was.</summary>
    public string? Error { get; init; }

    /// <summary>The first 4 KB of the answer's body; null without an answer.</summary>
    public string? ResponseBody { get; init; }
}
