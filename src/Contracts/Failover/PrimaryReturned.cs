namespace BusIngest.Contracts.Failover;

/// <summary>The breaker closed: the lane is used again.</summary>
/// <param name="Facts">The session, as of then.</param>
public sealed record PrimaryReturned(FailoverFacts Facts) : IFailoverEvent;
