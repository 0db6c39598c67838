using BusIngest.Workers.Timers.Webhooks.Calls;

namespace BusIngest.Workers.Timers.Webhooks;

/// <summary>What came of calling a webhook.</summary>
internal sealed record WebhookOutcome
{
    /// <summary>What became of it.</summary>
    public required WebhookResult Result { get; init; }

    /// <summary>When the attempt began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>What the webhook answered; null when it did not.</summary>
    public int? StatusCode { get; init; }

    /// <summary>What was wrong; null when it was delivered, or is put off.</summary>
    public string? Error { get; init; }

    /// <summary>How long the webhook asks us to wait, 0–24 h; null when it does not say, or all is well.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The first 4 KB of the answer's body; null without an answer.</summary>
    public string? ResponseBody { get; init; }

    /// <summary>What was wrong that may be wrong for others as well.</summary>
    public WebhookFault Fault { get; init; }

    /// <summary>Why it is put off.</summary>
    public DeferralReason? DeferredBecause { get; init; }

    /// <summary>For how long it is put off.</summary>
    public TimeSpan DeferredFor { get; init; }

    /// <summary>The answer, whose body is not read yet; null without one, and once it is read.</summary>
    public WebhookAnswer? Answer { get; init; }
}
