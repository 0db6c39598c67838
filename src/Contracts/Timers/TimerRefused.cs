namespace BusIngest.Contracts.Timers;

/// <summary>A timer did not do what it was asked to, and is as it was.</summary>
/// <param name="TimerId">The timer.</param>
/// <param name="Status">The state that forbids it; null when there is no such timer.</param>
public sealed record TimerRefused(Guid TimerId, string? Status);
