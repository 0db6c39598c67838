using BusIngest.Bus.Delivery.Tracking;
using BusIngest.Contracts.Events;

namespace BusIngest.Workers.Events.Reading;

/// <summary>By the inbox: everything that was accepted before its oldest chunk is stored. It looks a few times a second, and not for each summary.</summary>
/// <remarks>It never goes back, whoever asks: what was told once stays true, though another's look may have begun before and end after it, a chunk may be
/// seen late that was begun to be accepted before, or the clock may be set back.</remarks>
internal sealed class SqliteCompleteUntil(IMessageTracking tracking, TimeProvider time) : ICompleteUntil, IStoredUntil
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(20);

    private readonly Lock _gate = new();
    private Look _last = new(DateTimeOffset.MinValue, 0);

    /// <inheritdoc />
    public DateTimeOffset Now
    {
        get
        {
            var last = Volatile.Read(ref _last);
            return last.Until > DateTimeOffset.MinValue && time.GetElapsedTime(last.At) < Fresh ? last.Until : Keep(LookNow());
        }
    }

    public ValueTask<DateTimeOffset> ReadAsync(CancellationToken cancellationToken) => new(Now);

    private DateTimeOffset Keep(Look look)
    {
        lock (_gate)
        {
            var until = look.Until > _last.Until ? look.Until : _last.Until;
            Volatile.Write(ref _last, new Look(until, Math.Max(look.At, _last.At)));
            return until;
        }
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
