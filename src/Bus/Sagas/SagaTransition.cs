namespace BusIngest.Bus.Sagas;

/// <summary>A change of a saga's state: a row of the table `saga_transitions`, written with the state itself.</summary>
public sealed class SagaTransition
{
    /// <summary>Its place in the order of all.</summary>
    public long Seq { get; init; }

    /// <summary>The saga, by its <see cref="SagaInstance.Seq"/>.</summary>
    public long SagaSeq { get; init; }

    /// <summary>The saga's version after it.</summary>
    public long Version { get; init; }

    /// <summary>The message that caused it, by its type's name.</summary>
    public required string Event { get; init; }

    /// <summary>The message's id.</summary>
    public Guid MessageId { get; init; }

    /// <summary>The state before; Initial for a new saga.</summary>
    public required string FromState { get; init; }

    /// <summary>The state after.</summary>
    public required string ToState { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }
}
