namespace BusIngest.Bus.Outbox;

/// <summary>How the outbox is doing.</summary>
/// <param name="Mode">IN_PROCESS, RABBITMQ_MODE, REDIS_MODE or, in fallback, SQLITE_MODE.</param>
/// <param name="Circuit">The breaker before the lane: CLOSED, OPEN or HALF_OPEN.</param>
/// <param name="FailureCount">Failures of the lane since it last took something.</param>
/// <param name="Lane">in-process, rabbitmq or redis.</param>
/// <param name="Master">The Redis master in use; null on other lanes.</param>
/// <param name="Parked">Records that wait in the inbox.</param>
/// <param name="OldestParkedMs">For how long the oldest of them has waited; null when none does.</param>
/// <param name="Session">The failover session that is open; null when none is.</param>
public sealed record OutboxStatus(
    string Mode, string Circuit, int FailureCount, string Lane, string? Master, long Parked, long? OldestParkedMs, Guid? Session)
{
    /// <summary>What is wrong with the lane, or stands still though it has work: each in a sentence, and empty when all is well.</summary>
    public IReadOnlyList<string> Troubles { get; init; } = [];
}
