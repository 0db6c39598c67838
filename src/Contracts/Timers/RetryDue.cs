namespace BusIngest.Contracts.Timers;

/// <summary>The pause before a webhook's next try is over; sent by the schedule.</summary>
/// <param name="TimerId">The timer.</param>
public sealed record RetryDue(Guid TimerId);
