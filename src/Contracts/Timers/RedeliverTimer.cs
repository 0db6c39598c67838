namespace BusIngest.Contracts.Timers;

/// <summary>Asks to call the webhook of a timer again that is Finished or Failed; answered by <see cref="TimerChanged"/> or <see cref="TimerRefused"/>.</summary>
/// <param name="TimerId">The timer.</param>
public sealed record RedeliverTimer(Guid TimerId);
