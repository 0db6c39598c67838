namespace BusIngest.Contracts.Failover;

/// <summary>Another server became the lane's master.</summary>
/// <param name="Facts">The session, as of then.</param>
public sealed record PromotionSeen(FailoverFacts Facts) : IFailoverEvent;
