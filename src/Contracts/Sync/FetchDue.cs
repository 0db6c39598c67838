namespace BusIngest.Contracts.Sync;

/// <summary>A run may fetch again; sent by the schedule.</summary>
/// <param name="RunId">The run.</param>
public sealed record FetchDue(Guid RunId);
