namespace BusIngest.Contracts.Failover;

/// <summary>
/// A failover session as far as it has come: from the first failure that sent data to the fallback, or an isolation by hand, until
/// the fallback is empty again. Every message of a session carries all of it, so none needs another to have come first.
/// </summary>
public sealed record FailoverFacts
{
    /// <summary>The session.</summary>
    public Guid SessionId { get; init; }

    /// <summary>Counts the session's messages from 1: the higher one knows more.</summary>
    public int Step { get; init; }

    /// <summary>The process whose outbox it is, as `host/pid`.</summary>
    public string Process { get; init; } = "";

    /// <summary>The lane that was left: `rabbitmq` or `redis`.</summary>
    public string Lane { get; init; } = "";

    /// <summary>What failed, or who asked for it.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Whether it began by hand, and not with a failure.</summary>
    public bool Isolated { get; init; }

    /// <summary>When it began, UTC.</summary>
    public DateTimeOffset DetectedAt { get; init; }

    /// <summary>When another server was seen to become the master, UTC; null when none was.</summary>
    public DateTimeOffset? PromotedAt { get; init; }

    /// <summary>That server as `host:port`.</summary>
    public string? PromotedMaster { get; init; }

    /// <summary>When the breaker first opened, UTC; null when it did not.</summary>
    public DateTimeOffset? FallbackAt { get; init; }

    /// <summary>Since when everything goes to the fallback, UTC; null while the lane is tried.</summary>
    public DateTimeOffset? InFallbackSince { get; init; }

    /// <summary>When the lane was last taken back, UTC; null when it was not yet.</summary>
    public DateTimeOffset? PrimaryAt { get; init; }

    /// <summary>When what was parked began to be sent, UTC; null when it did not yet.</summary>
    public DateTimeOffset? RecoveryStartedAt { get; init; }

    /// <summary>When nothing was parked any more, UTC; null until then.</summary>
    public DateTimeOffset? RecoveryCompletedAt { get; init; }

    /// <summary>How long everything went to the fallback, in milliseconds, all times together.</summary>
    public long FallbackMs { get; init; }

    /// <summary>Records that went to the fallback.</summary>
    public long Fallbacks { get; init; }

    /// <summary>Parked records that the lane has confirmed; those of an earlier session are among them.</summary>
    public long Drained { get; init; }
}
