using BusIngest.Bus.Sagas;

namespace BusIngest.CountingHost;

/// <summary>A saga that counts.</summary>
public sealed class Counter : ISagaDocument
{
    /// <summary>The kind under which counters are kept.</summary>
    public const string Kind = "counter";

    /// <inheritdoc />
    public Guid CorrelationId { get; set; }

    /// <inheritdoc />
    public string CurrentState { get; set; } = "";

    /// <inheritdoc />
    public int SchemaVersion { get; set; } = 1;

    /// <summary>How many events it has counted.</summary>
    public long Count { get; set; }
}
