namespace BusIngest.Contracts.Sync;

/// <summary>A run does not do what it was asked to, and is as it was.</summary>
/// <param name="RunId">The run; when a new one was asked for, that which is in its way.</param>
/// <param name="State">The state that forbids it; null when there is no such run, or it is only known that it is not over.</param>
public sealed record SyncRefused(Guid RunId, string? State);
