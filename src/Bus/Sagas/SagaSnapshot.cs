namespace BusIngest.Bus.Sagas;

/// <summary>A saga after one of its events, written or about to be.</summary>
/// <param name="Version">How many events it has taken in; 0: there is none (yet, or any more).</param>
/// <param name="State">The state's name.</param>
/// <param name="Document">The saga as JSON in UTF-8.</param>
internal readonly record struct SagaSnapshot(long Version, string State, ReadOnlyMemory<byte> Document)
{
    /// <summary>No such saga.</summary>
    public static readonly SagaSnapshot None = new(0, "Initial", default);

    /// <summary>Whether there is a saga.</summary>
    public bool Exists => Version > 0;
}
