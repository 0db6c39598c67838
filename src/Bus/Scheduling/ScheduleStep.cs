namespace BusIngest.Bus.Scheduling;

/// <summary>One step of a transaction at the schedule; they are done in the order of being taken.</summary>
/// <param name="Token">The token.</param>
/// <param name="Entry">The message to schedule under it; null: what is scheduled under it is taken back.</param>
internal readonly record struct ScheduleStep(Guid Token, ScheduledEntry? Entry);
