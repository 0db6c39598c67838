namespace BusIngest.Contracts.Sync;

/// <summary>Asks to pause a run that is under way; answered by <see cref="SyncChanged"/> or <see cref="SyncRefused"/>.</summary>
/// <param name="RunId">The run.</param>
public sealed record PauseSync(Guid RunId);
