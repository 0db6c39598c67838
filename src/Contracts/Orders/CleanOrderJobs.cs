namespace BusIngest.Contracts.Orders;

/// <summary>Asks to take jobs out of the queue's listing, and those that wait out of the queue. Answered by <see cref="OrderJobsChanged"/>.</summary>
/// <param name="Run">The run's number.</param>
/// <param name="State">One of <see cref="OrderJobStates"/>.</param>
/// <param name="GraceMs">Only those that have been in their state for longer, in milliseconds; at least 0.</param>
/// <param name="Limit">The most, at least 1.</param>
public sealed record CleanOrderJobs(long Run, string State, long GraceMs, int Limit);
