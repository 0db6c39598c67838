namespace BusIngest.Contracts.Failover;

/// <summary>A session began: the lane failed, or was taken out by hand.</summary>
/// <param name="Facts">The session, as of then.</param>
public sealed record FailureDetected(FailoverFacts Facts) : IFailoverEvent;
