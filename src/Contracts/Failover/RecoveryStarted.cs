namespace BusIngest.Contracts.Failover;

/// <summary>What was parked begins to be sent.</summary>
/// <param name="Facts">The session, as of then.</param>
public sealed record RecoveryStarted(FailoverFacts Facts) : IFailoverEvent;
