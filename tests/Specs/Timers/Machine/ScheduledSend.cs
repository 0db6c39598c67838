namespace BusIngest.Specs.Timers.Machine;

/// <summary>A message that a saga has put off.</summary>
/// <param name="Token">What it is cancelled by.</param>
/// <param name="Message">The message.</param>
/// <param name="DueAt">When it is to be sent.</param>
internal sealed record ScheduledSend(Guid Token, object Message, DateTimeOffset DueAt);
