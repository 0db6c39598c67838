namespace BusIngest.Bus.Outbox.Failover.Sessions;

/// <summary>What can happen in a failover session.</summary>
internal enum FailoverEventKind
{
    /// <summary>It began.</summary>
    FailureDetected,

    /// <summary>Another server became the master.</summary>
    PromotionSeen,

    /// <summary>The breaker opened.</summary>
    FallbackEntered,

    /// <summary>The breaker closed.</summary>
    PrimaryReturned,

    /// <summary>What was parked begins to be sent.</summary>
    RecoveryStarted,

    /// <summary>Nothing is parked any more.</summary>
    RecoveryCompleted,
}
