namespace BusIngest.Contracts.Sync;

/// <summary>A run did what it was asked to.</summary>
/// <param name="RunId">The run.</param>
/// <param name="State">Its state now.</param>
public sealed record SyncChanged(Guid RunId, string State);
