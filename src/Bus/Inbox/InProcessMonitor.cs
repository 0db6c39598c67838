using BusIngest.Bus.Outbox;
using BusIngest.Bus.Progress;

namespace BusIngest.Bus.Inbox;

/// <summary>The outbox of one process: the inbox is its only lane, so there is nothing that a breaker could fall back to.</summary>
internal sealed class InProcessMonitor(SqliteInbox inbox, InboxDatabase database, WorkWatch watch, TimeProvider time) : IOutboxMonitor
{
    public OutboxStatus Read() => new(
        Mode: "IN_PROCESS", Circuit: "CLOSED", database.Writer.ConsecutiveFailures, Lane: "in-process", Master: null,
        inbox.Status.Records, OldestParkedMs(), Session: null) { Troubles = watch.Troubles };

    private long? OldestParkedMs() =>
        inbox.OldestAcceptedAt() is { } oldest ? Math.Max(0, (long)(time.GetUtcNow() - oldest).TotalMilliseconds) : null;
}
