using BusIngest.Bus.Delivery;

namespace BusIngest.Bus.Scheduling;

/// <summary>A message for later, on its way into the schedule.</summary>
/// <param name="Token">By which it can be taken back; a later one of the same token takes its place.</param>
/// <param name="DueAt">When it is to be sent.</param>
/// <param name="Message">What.</param>
internal readonly record struct ScheduledEntry(Guid Token, DateTimeOffset DueAt, CapturedMessage Message);
