namespace BusIngest.Contracts.Timers;

/// <summary>Asks to cancel a timer that is still Scheduled; answered by <see cref="TimerChanged"/> or <see cref="TimerRefused"/>.</summary>
/// <param name="TimerId">The timer.</param>
public sealed record CancelTimer(Guid TimerId);
