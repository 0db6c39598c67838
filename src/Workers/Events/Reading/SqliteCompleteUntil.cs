using BusIngest.Bus.Delivery.Tracking;
using BusIngest.Contracts.Events;

namespace BusIngest.Workers.Events.Reading;

/// <summary>By the inbox: everything that was accepted before its oldest chunk is stored. It looks a few times a second, and not for each summary.</summary>
internal sealed class SqliteCompleteUntil(IMessageTracking tracking, TimeProvider time) : ICompleteUntil
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(20);

    private Look _last = new(DateTimeOffset.MinValue, 0);

    public ValueTask<DateTimeOffset> ReadAsync(CancellationToken cancellationToken)
    {
        var last = Volatile.Read(ref _last);
        if (last.Until == DateTimeOffset.MinValue || time.GetElapsedTime(last.At) >= Fresh)
            Volatile.Write(ref _last, last = LookNow());
        return new ValueTask<DateTimeOffset>(last.Until);
    }

    private Look LookNow()
    {
        // The time first: what is accepted from here on may or may not be seen.
        var (now, at) = (time.GetUtcNow(), time.GetTimestamp());
        var oldest = tracking.OldestWaiting(nameof(EventRecorded));
        return new Look(oldest < now ? oldest.Value : now, at);
    }

    private sealed record Look(DateTimeOffset Until, long At);
}
