namespace BusIngest.Contracts.Timers;

/// <summary>A timer as its saga has it.</summary>
/// <param name="TimerId">The timer.</param>
/// <param name="Status">Its state.</param>
/// <param name="WebhookUrl">What it calls.</param>
/// <param name="CreatedAt">When the client asked for it, UTC.</param>
/// <param name="DueAt">When it is due, UTC.</param>
public sealed record TimerFound(Guid TimerId, string Status, string WebhookUrl, DateTimeOffset CreatedAt, DateTimeOffset DueAt);
