namespace BusIngest.Contracts.Timers;

/// <summary>Asks for a timer that the database does not show yet; answered by <see cref="TimerFound"/> or <see cref="TimerRefused"/>.</summary>
/// <param name="TimerId">The timer.</param>
public sealed record FindTimer(Guid TimerId);
