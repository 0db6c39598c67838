namespace BusIngest.Contracts.Timers;

/// <summary>A timer did what it was asked to.</summary>
/// <param name="TimerId">The timer.</param>
/// <param name="Status">Its state now.</param>
public sealed record TimerChanged(Guid TimerId, string Status);
