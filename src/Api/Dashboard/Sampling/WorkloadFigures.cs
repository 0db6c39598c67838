namespace BusIngest.Api.Dashboard.Sampling;

/// <summary>How a workload is at one moment.</summary>
/// <param name="Done">What it has worked off so far; less than before where it began anew.</param>
/// <param name="Backlog">What it has still to work off.</param>
/// <param name="OldestMs">For how long the oldest of that has waited, in milliseconds; null when that is not known, or nothing waits.</param>
/// <param name="Errors">What went wrong and is still to be looked after.</param>
/// <param name="Note">What else is worth knowing, in a few words; null: nothing.</param>
internal sealed record WorkloadFigures(long Done, long Backlog, long? OldestMs, long Errors, string? Note = null);
