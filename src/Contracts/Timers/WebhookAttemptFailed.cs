namespace BusIngest.Contracts.Timers;

/// <summary>A try of a webhook failed, and another may succeed.</summary>
/// <param name="TimerId">The timer.</param>
/// <param name="Attempt">The try, from 1.</param>
/// <param name="Error">What was wrong.</param>
/// <param name="RetryAfterMs">How long the other side asks us to wait, in milliseconds; null when it does not say.</param>
public sealed record WebhookAttemptFailed(Guid TimerId, int Attempt, string Error, long? RetryAfterMs);
