namespace BusIngest.Contracts.Failover;

/// <summary>The breaker opened: everything goes to the fallback.</summary>
/// <param name="Facts">The session, as of then.</param>
public sealed record FallbackEntered(FailoverFacts Facts) : IFailoverEvent;
