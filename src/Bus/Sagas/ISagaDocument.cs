using MassTransit;

namespace BusIngest.Bus.Sagas;

/// <summary>
/// A saga that is kept as one JSON document. Fields are only ever added to it, so that a document of an earlier version is still
/// read; what it lacks reads as the field's default.
/// </summary>
public interface ISagaDocument : SagaStateMachineInstance
{
    /// <summary>The state's name.</summary>
    string CurrentState { get; set; }

    /// <summary>The version of the document's form: 1, and one more with each change that its machine has to know of.</summary>
    int SchemaVersion { get; set; }
}
