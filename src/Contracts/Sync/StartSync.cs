namespace BusIngest.Contracts.Sync;

/// <summary>Begins a run; no other of its source is under way.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Source">What to pull.</param>
/// <param name="Epoch">Which run of its source it is, from 1: a later one shuts out all that an earlier one left behind.</param>
/// <param name="RequestedAt">When the client asked for it, UTC.</param>
/// <param name="IgnorePace">Whether to begin without regard to what was learned of the source's pace.</param>
public sealed record StartSync(Guid RunId, RunSource Source, long Epoch, DateTimeOffset RequestedAt, bool IgnorePace = false);
