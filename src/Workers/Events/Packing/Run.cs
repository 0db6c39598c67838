using BusIngest.Contracts.Events;

namespace BusIngest.Workers.Events.Packing;

/// <summary>A run of one account's events in time order: each as the milliseconds since the one before, and its user and type in one number.</summary>
internal static class Run
{
    private const int TypeBits = 3;
    private const int TypeMask = (1 << TypeBits) - 1;

    /// <summary>Writes a run.</summary>
    /// <param name="packed">Where to.</param>
    /// <param name="events">At least one, in time order.</param>
    public static void Write(PackedWriter packed, ReadOnlySpan<RolledEvent> events)
    {
        packed.Number(events.Length);
        long last = 0;
        foreach (var rolled in events)
        {
            packed.Number(rolled.TimestampMs - last);
            packed.Number(((long)rolled.User << TypeBits) | (long)rolled.Type);
            last = rolled.TimestampMs;
        }
    }

    /// <summary>Reads the run that the reader stands before.</summary>
    public static void Read(ref PackedReader packed, int account, List<RolledEvent> events)
    {
        var count = packed.Number();
        long time = 0;
        for (var i = 0L; i < count; i++)
        {
            time += packed.Number();
            var code = packed.Number();
            events.Add(new RolledEvent(account, (int)(code >> TypeBits), (EventType)(code & TypeMask), time));
        }
    }

    /// <summary>Counts the events of runs that are within a window.</summary>
    public static void Count(ReadOnlySpan<byte> runs, Tally tally, long fromMs, long toMs)
    {
        var packed = new PackedReader(runs);
        while (!packed.AtEnd)
        {
            var count = packed.Number();
            long time = 0;
            for (var i = 0L; i < count; i++)
            {
                time += packed.Number();
                var code = packed.Number();
                if (time >= fromMs && time < toMs)
                    tally.Add((int)(code >> TypeBits), (int)(code & TypeMask));
            }
        }
    }
}
