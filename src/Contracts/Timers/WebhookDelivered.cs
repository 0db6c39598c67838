namespace BusIngest.Contracts.Timers;

/// <summary>A webhook answered 2xx.</summary>
/// <param name="TimerId">The timer.</param>
/// <param name="Attempt">The try that did it, from 1.</param>
/// <param name="DeliveredAt">When the answer was there, UTC.</param>
public sealed record WebhookDelivered(Guid TimerId, int Attempt, DateTimeOffset DeliveredAt);
