using BusIngest.Workers.Events.Packing;

namespace BusIngest.Workers.Events.Reading;

/// <summary>A window in milliseconds, and the hours that it has whole.</summary>
/// <param name="FromMs">The first millisecond.</param>
/// <param name="ToMs">The first one that does not count any more.</param>
internal readonly record struct WindowMs(long FromMs, long ToMs)
{
    /// <summary>The part of a window that can have events that are kept.</summary>
    public static WindowMs Of(DateTimeOffset from, DateTimeOffset to, long keptFromMs)
    {
        // A millisecond counts by its beginning, which is what is stored of an event.
        var fromMs = Math.Clamp(Ceiling(from), keptFromMs, LastMs);
        return new WindowMs(fromMs, Math.Clamp(Ceiling(to), fromMs, LastMs));
    }

    private const long LastMs = BucketKey.HourMs * (1L << 20) - 1;

    /// <summary>Whether nothing is in it.</summary>
    public bool IsEmpty => FromMs >= ToMs;

    /// <summary>The first hour of which it has some.</summary>
    public long FirstHour => FromMs / BucketKey.HourMs;

    /// <summary>The last hour of which it has some.</summary>
    public long LastHour => (ToMs - 1) / BucketKey.HourMs;

    /// <summary>The first hour that it has whole; none is, if it is after <see cref="EndWholeHour"/>.</summary>
    public long FirstWholeHour => (FromMs + BucketKey.HourMs - 1) / BucketKey.HourMs;

    /// <summary>The hour after the last one that it has whole.</summary>
    public long EndWholeHour => ToMs / BucketKey.HourMs;

    /// <summary>Whether it has the whole hour of a bucket.</summary>
    public bool HasWhole(long hour) => hour >= FirstWholeHour && hour < EndWholeHour;

    private static long Ceiling(DateTimeOffset time)
    {
        var ms = time.ToUnixTimeMilliseconds();
        return time.UtcTicks % TimeSpan.TicksPerMillisecond == 0 ? ms : ms + 1;
    }
}
