using BusIngest.Bus.Sagas;

namespace BusIngest.Sagas.Sync;

/// <summary>A source, as it is kept: who pulls from it.</summary>
public sealed class SyncSourceState : ISagaDocument
{
    /// <summary>The kind under which sources are kept and listed.</summary>
    public const string Kind = "sync-source";

    /// <summary>The source's id.</summary>
    public Guid CorrelationId { get; set; }

    /// <summary>Free or Busy.</summary>
    public string CurrentState { get; set; } = "";

    /// <inheritdoc />
    public int SchemaVersion { get; set; } = 1;

    /// <summary>Its name.</summary>
    public string Source { get; set; } = "";

    /// <summary>How many runs it has had.</summary>
    public long Epoch { get; set; }

    /// <summary>The last of them.</summary>
    public Guid RunId { get; set; }
}
