using BusIngest.Bus.Inbox;
using BusIngest.Bus.Progress;

namespace BusIngest.Bus.Outbox.Failover.Recovery;

/// <summary>What is parked while a lane over a server is away: for how long none of it has gone on, as far as it was looked at.</summary>
internal sealed class ParkedWork(SqliteInbox inbox, TimeProvider time) : IWatchedWork
{
    private readonly Lock _gate = new();
    private long _removed;
    private long? _movedAt;

    /// <inheritdoc />
    public (string Name, TimeSpan Standstill) Read()
    {
        var waits = inbox.Status.Messages > 0 && inbox.OldestAcceptedAt() is { } oldest ? time.GetUtcNow() - oldest : TimeSpan.Zero;
        lock (_gate)
        {
            if (inbox.RemovedRows is var removed && removed != _removed)
                (_removed, _movedAt) = (removed, time.GetTimestamp());
            return ("recovery of what is parked", _movedAt is { } moved && time.GetElapsedTime(moved) is var since && since < waits ? since : waits);
        }
    }
}
