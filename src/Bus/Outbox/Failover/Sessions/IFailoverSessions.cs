using BusIngest.Contracts.Failover;

namespace BusIngest.Bus.Outbox.Failover.Sessions;

/// <summary>The failover sessions of this process's outbox, as of this moment. Only an outbox with a fallback has one.</summary>
public interface IFailoverSessions
{
    /// <summary>The session that is open, or else the last one; null when there was none since the start.</summary>
    FailoverFacts? Latest { get; }
}
