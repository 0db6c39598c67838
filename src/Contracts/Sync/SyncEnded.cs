namespace BusIngest.Contracts.Sync;

/// <summary>A run is over, however it ended; its source is free for the next.</summary>
/// <param name="RunId">The run.</param>
/// <param name="SourceId">The source's id.</param>
public sealed record SyncEnded(Guid RunId, Guid SourceId);
