using BusIngest.Bus.Inbox;
using BusIngest.Bus.Outbox.Breaker;
using BusIngest.Bus.Outbox.Failover.Sessions;
using BusIngest.Bus.Progress;

namespace BusIngest.Bus.Outbox.Failover;

/// <summary>Shows a lane over a server, its breaker, and what is parked.</summary>
internal sealed class FallbackMonitor(
    IPrimaryLane lane, LaneBreaker breaker, SqliteInbox inbox, FailoverSessions sessions, WorkWatch watch, TimeProvider time) : IOutboxMonitor
{
    /// <inheritdoc />
    public OutboxStatus Read()
    {
        var circuit = breaker.Circuit;
        return new OutboxStatus(
            circuit == Circuit.Closed ? $"{lane.Name.ToUpperInvariant()}_MODE" : "SQLITE_MODE",
            NameOf(circuit),
            breaker.Failures,
            lane.Name,
            lane.Master,
            inbox.Status.Records,
            OldestParkedMs(),
            sessions.Open?.SessionId)
        {
            Troubles = [.. new[] { breaker.Trouble, lane.Trouble }.OfType<string>().Distinct(StringComparer.Ordinal), .. watch.Troubles],
        };
    }

    private static string NameOf(Circuit circuit) => circuit switch
    {
        Circuit.Closed => "CLOSED",
        Circuit.HalfOpen => "HALF_OPEN",
        _ => "OPEN",
    };

    private long? OldestParkedMs() =>
        inbox.OldestAcceptedAt() is { } oldest ? Math.Max(0, (long)(time.GetUtcNow() - oldest).TotalMilliseconds) : null;
}
