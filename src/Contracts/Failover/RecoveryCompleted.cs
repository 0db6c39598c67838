namespace BusIngest.Contracts.Failover;

/// <summary>Nothing is parked any more, and the session has ended.</summary>
/// <param name="Facts">The session, as of then.</param>
public sealed record RecoveryCompleted(FailoverFacts Facts) : IFailoverEvent;
