namespace BusIngest.Contracts.Sync;

/// <summary>Asks to go on with a run that is Paused; answered by <see cref="SyncChanged"/> or <see cref="SyncRefused"/>.</summary>
/// <param name="RunId">The run.</param>
public sealed record ResumeSync(Guid RunId);
