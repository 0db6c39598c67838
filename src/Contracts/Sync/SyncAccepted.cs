namespace BusIngest.Contracts.Sync;

/// <summary>A run was begun.</summary>
/// <param name="RunId">The run.</param>
public sealed record SyncAccepted(Guid RunId);
