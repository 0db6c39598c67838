namespace BusIngest.Contracts.Sync;

/// <summary>Asks to pull a source; answered by <see cref="SyncAccepted"/>, or by <see cref="SyncRefused"/> while it is being pulled.</summary>
/// <param name="RunId">The run that this would be.</param>
/// <param name="Source">What to pull.</param>
/// <param name="RequestedAt">When the client asked for it, UTC.</param>
/// <param name="IgnorePace">Whether to begin without regard to what was learned of the source's pace.</param>
public sealed record RequestSync(Guid RunId, RunSource Source, DateTimeOffset RequestedAt, bool IgnorePace = false);
