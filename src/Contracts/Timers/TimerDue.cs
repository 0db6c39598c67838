namespace BusIngest.Contracts.Timers;

/// <summary>A timer's time has come; sent by the schedule.</summary>
/// <param name="TimerId">The timer.</param>
public sealed record TimerDue(Guid TimerId);
