using BusIngest.Bus.Sagas;

namespace BusIngest.Specs.Sagas.Counting;

/// <summary>A saga that counts its events.</summary>
public sealed class Counter : ISagaDocument
{
    public Guid CorrelationId { get; set; }

    public string CurrentState { get; set; } = "";

    public int SchemaVersion { get; set; } = 1;

    /// <summary>How many events it has counted.</summary>
    public int Count { get; set; }

    /// <summary>What the last one said.</summary>
    public string? Text { get; set; }

    /// <summary>A field that documents of an earlier form do not have.</summary>
    public int Step { get; set; } = 1;
}
