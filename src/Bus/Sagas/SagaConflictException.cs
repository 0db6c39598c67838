namespace BusIngest.Bus.Sagas;

/// <summary>A saga is not at the version that was read: what was made of it is void, and the event is tried again on the present one.</summary>
/// <param name="kind">The kind of saga.</param>
/// <param name="correlationId">The saga.</param>
/// <param name="version">The version that was read.</param>
public sealed class SagaConflictException(string kind, Guid correlationId, long version)
    : Exception($"{kind} {correlationId} is not at version {version} any more.");
