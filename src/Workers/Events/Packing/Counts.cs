using BusIngest.Contracts.Events;

namespace BusIngest.Workers.Events.Packing;

/// <summary>The counts of a bucket: the events of each type, then users in the order of their numbers, each with the events of it.</summary>
internal static class Counts
{
    /// <summary>Adds a bucket's counts to a tally.</summary>
    public static void AddTo(Tally tally, ReadOnlySpan<byte> counts)
    {
        var packed = new PackedReader(counts);
        for (var type = 0; type < EventTypes.Count; type++)
            tally.AddType(type, packed.Number());
        var user = 0;
        while (!packed.AtEnd)
        {
            user += (int)packed.Number();
            tally.AddUser(user, packed.Number());
        }
    }

    /// <summary>Writes a bucket's counts as they are once events have been added.</summary>
    /// <param name="packed">Where to.</param>
    /// <param name="before">As they were; empty: none.</param>
    /// <param name="events">What is added.</param>
    public static void Write(PackedWriter packed, ReadOnlySpan<byte> before, ReadOnlySpan<RolledEvent> events)
    {
        Span<long> types = stackalloc long[EventTypes.Count];
        types.Clear();
        var added = new int[events.Length];
        for (var i = 0; i < added.Length; i++)
        {
            types[(int)events[i].Type]++;
            added[i] = events[i].User;
        }

        Array.Sort(added);
        var old = new PackedReader(before);
        foreach (ref var type in types)
            type += before.IsEmpty ? 0 : old.Number();
        foreach (var type in types)
            packed.Number(type);
        Merge(packed, ref old, added);
    }

    private static void Merge(PackedWriter packed, ref PackedReader old, ReadOnlySpan<int> added)
    {
        var (written, user, count) = (0, 0, 0L);
        Next(ref old, ref user, ref count);
        while (count > 0 || !added.IsEmpty)
        {
            var next = added.IsEmpty || (count > 0 && user < added[0]) ? user : added[0];
            long events = 0;
            if (count > 0 && user == next)
            {
                events = count;
                Next(ref old, ref user, ref count);
            }

            for (; !added.IsEmpty && added[0] == next; added = added[1..])
                events++;
            packed.Number(next - written);
            packed.Number(events);
            written = next;
        }
    }

    private static void Next(ref PackedReader old, ref int user, ref long count)
    {
        count = 0;
        if (old.AtEnd)
            return;
        user += (int)old.Number();
        count = old.Number();
    }
}
