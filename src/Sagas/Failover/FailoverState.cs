using BusIngest.Bus.Sagas;
using BusIngest.Contracts.Failover;

namespace BusIngest.Sagas.Failover;

/// <summary>A failover session, as it is kept: for good.</summary>
public sealed class FailoverState : ISagaDocument
{
    /// <summary>The kind under which sessions are kept and listed.</summary>
    public const string Kind = "failover";

    /// <summary>The session's id.</summary>
    public Guid CorrelationId { get; set; }

    /// <summary>Detected, InFallback, Recovering or Closed.</summary>
    public string CurrentState { get; set; } = "";

    /// <inheritdoc />
    public int SchemaVersion { get; set; } = 1;

    /// <summary>The session, as of the latest event that was seen.</summary>
    public FailoverFacts Facts { get; set; } = new();

    /// <summary>The step that led to the state; an event of an earlier one changes it no more.</summary>
    public int StateStep { get; set; }
}
