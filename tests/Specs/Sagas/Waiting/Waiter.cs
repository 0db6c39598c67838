using BusIngest.Bus.Sagas;

namespace BusIngest.Specs.Sagas.Waiting;

/// <summary>A saga that waits for its time.</summary>
public sealed class Waiter : ISagaDocument
{
    public Guid CorrelationId { get; set; }

    public string CurrentState { get; set; } = "";

    public int SchemaVersion { get; set; } = 1;

    /// <summary>The token of what it has scheduled; null when that is nothing.</summary>
    public Guid? WakeToken { get; set; }

    /// <summary>What woke it, in order.</summary>
    public IList<string> Woken { get; set; } = [];
}
