namespace BusIngest.Contracts.Timers;

/// <summary>A webhook is not to be tried again: it answered 410, or may not be called.</summary>
/// <param name="TimerId">The timer.</param>
/// <param name="Attempt">The try that found out, from 1.</param>
/// <param name="Error">What was wrong.</param>
public sealed record WebhookAbandoned(Guid TimerId, int Attempt, string Error);
