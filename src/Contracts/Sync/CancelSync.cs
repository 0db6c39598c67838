namespace BusIngest.Contracts.Sync;

/// <summary>Asks to end a run that is not over; answered by <see cref="SyncChanged"/> or <see cref="SyncRefused"/>.</summary>
/// <param name="RunId">The run.</param>
public sealed record CancelSync(Guid RunId);
