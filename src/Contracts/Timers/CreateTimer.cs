namespace BusIngest.Contracts.Timers;

/// <summary>Sets a timer that calls a webhook when it is due.</summary>
/// <param name="TimerId">The timer.</param>
/// <param name="WebhookUrl">What it calls: http or https, at most 2,048 characters.</param>
/// <param name="CreatedAt">When the client asked for it, UTC.</param>
/// <param name="DueAt">When it is due, UTC.</param>
public sealed record CreateTimer(Guid TimerId, string WebhookUrl, DateTimeOffset CreatedAt, DateTimeOffset DueAt);
