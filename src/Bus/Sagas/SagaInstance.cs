namespace BusIngest.Bus.Sagas;

/// <summary>A saga at rest: a row of the table `sagas`.</summary>
public sealed class SagaInstance
{
    /// <summary>Its place in the order of creation.</summary>
    public long Seq { get; init; }

    /// <summary>The kind of saga, as it was registered.</summary>
    public required string Kind { get; init; }

    /// <summary>Its id.</summary>
    public Guid CorrelationId { get; init; }

    /// <summary>The state's name.</summary>
    public required string State { get; init; }

    /// <summary>How many events it has taken in; each write expects the last one's.</summary>
    public long Version { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it took in its last event.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The saga as JSON, in camelCase.</summary>
    public required string Document { get; init; }
}
