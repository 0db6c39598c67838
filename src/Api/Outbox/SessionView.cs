using BusIngest.Contracts.Failover;

namespace BusIngest.Api.Outbox;

/// <summary>A failover session. Durations are milliseconds, and null until what they measure is over.</summary>
/// <param name="SessionId">Its id.</param>
/// <param name="State">Detected, InFallback, Recovering or Closed.</param>
/// <param name="Process">The process whose outbox it is.</param>
/// <param name="Lane">The lane that was left.</param>
/// <param name="Reason">What failed, or who asked for it.</param>
/// <param name="Isolated">Whether it began by hand.</param>
/// <param name="FailureDetectedAt">When it began.</param>
/// <param name="PromotionSeenAt">When another server was seen to become the master.</param>
/// <param name="PromotedMaster">That server.</param>
/// <param name="ToSqliteAt">When the breaker first opened.</param>
/// <param name="BackToPrimaryAt">When the lane was last taken back.</param>
/// <param name="RecoveryStartedAt">When what was parked began to be sent.</param>
/// <param name="RecoveryCompletedAt">When nothing was parked any more.</param>
/// <param name="FallbackCount">Records that went to the fallback.</param>
/// <param name="DrainedCount">Parked records that the lane has confirmed.</param>
/// <param name="ToSqliteMs">From the first failure until the breaker opened.</param>
/// <param name="PromotionMs">From the first failure until the promotion was seen; 0 where it came first.</param>
/// <param name="FallbackMs">How long everything went to the fallback, so far.</param>
/// <param name="RecoveryMs">How long it took to send what was parked.</param>
/// <param name="TotalMs">From the first failure to the end.</param>
internal sealed record SessionView(
    Guid SessionId,
    string State,
    string Process,
    string Lane,
    string Reason,
    bool Isolated,
    DateTimeOffset FailureDetectedAt,
    DateTimeOffset? PromotionSeenAt,
    string? PromotedMaster,
    DateTimeOffset? ToSqliteAt,
    DateTimeOffset? BackToPrimaryAt,
    DateTimeOffset? RecoveryStartedAt,
    DateTimeOffset? RecoveryCompletedAt,
    long FallbackCount,
    long DrainedCount,
    long? ToSqliteMs,
    long? PromotionMs,
    long FallbackMs,
    long? RecoveryMs,
    long? TotalMs)
{
    /// <summary>A session as of what is known of it.</summary>
    /// <param name="facts">What is known.</param>
    /// <param name="now">Until then it has been in the fallback, if it is.</param>
    public static SessionView Of(FailoverFacts facts, DateTimeOffset now) => new(
        facts.SessionId,
        StateOf(facts),
        facts.Process,
        facts.Lane,
        facts.Reason,
        facts.Isolated,
        facts.DetectedAt,
        facts.PromotedAt,
        facts.PromotedMaster,
        facts.FallbackAt,
        facts.PrimaryAt,
        facts.RecoveryStartedAt,
        facts.RecoveryCompletedAt,
        facts.Fallbacks,
        facts.Drained,
        Between(facts.DetectedAt, facts.FallbackAt),
        Between(facts.DetectedAt, facts.PromotedAt),
        facts.FallbackMs + (Between(facts.InFallbackSince, now) ?? 0),
        Between(facts.RecoveryStartedAt, facts.RecoveryCompletedAt),
        Between(facts.DetectedAt, facts.RecoveryCompletedAt));

    private static string StateOf(FailoverFacts facts) => facts switch
    {
        { RecoveryCompletedAt: not null } => "Closed",
        { InFallbackSince: not null } => "InFallback",
        { RecoveryStartedAt: { } started } when facts.PrimaryAt is not { } back || started >= back => "Recovering",
        { FallbackAt: not null } => "InFallback",
        _ => "Detected",
    };

    private static long? Between(DateTimeOffset? from, DateTimeOffset? to) =>
        from is { } begin && to is { } end ? Math.Max(0, (long)(end - begin).TotalMilliseconds) : null;
}
