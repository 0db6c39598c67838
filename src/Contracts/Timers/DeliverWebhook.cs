namespace BusIngest.Contracts.Timers;

/// <summary>Calls a timer's webhook once.</summary>
/// <param name="TimerId">The timer.</param>
/// <param name="Attempt">Which try it is since the timer was created, from 1.</param>
/// <param name="WebhookUrl">What to call.</param>
/// <param name="DueAt">When the timer was due, UTC.</param>
/// <param name="FiredAt">When it fired, UTC.</param>
/// <param name="DeferredAt">When this try was first put off because what it calls kept failing, UTC; null: it was not.</param>
public sealed record DeliverWebhook(
    Guid TimerId, int Attempt, string WebhookUrl, DateTimeOffset DueAt, DateTimeOffset FiredAt, DateTimeOffset? DeferredAt = null);
