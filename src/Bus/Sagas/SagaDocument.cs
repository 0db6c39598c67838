namespace BusIngest.Bus.Sagas;

/// <summary>A saga as it is kept.</summary>
/// <param name="Seq">Its place in the order of creation.</param>
/// <param name="CorrelationId">Its id.</param>
/// <param name="State">The state's name.</param>
/// <param name="Version">How many events it has taken in.</param>
/// <param name="Document">The saga as JSON in UTF-8, in camelCase.</param>
public readonly record struct SagaDocument(long Seq, Guid CorrelationId, string State, long Version, ReadOnlyMemory<byte> Document);
