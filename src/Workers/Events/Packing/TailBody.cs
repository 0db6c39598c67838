namespace BusIngest.Workers.Events.Packing;

/// <summary>What one transaction stored, until it is folded into buckets: for each account its number, the length of what follows, and a run.</summary>
internal static class TailBody
{
    /// <summary>Packs events.</summary>
    /// <param name="events">Any order; they are sorted.</param>
    public static byte[] Write(Span<RolledEvent> events)
    {
        events.Sort(RolledEvent.Compare);
        var (body, run) = (new PackedWriter(), new PackedWriter());
        while (!events.IsEmpty)
        {
            var length = 1;
            while (length < events.Length && events[length].Account == events[0].Account)
                length++;
            run.Clear();
            Run.Write(run, events[..length]);
            body.Number(events[0].Account);
            body.Number(run.Length);
            body.Bytes(run.Written);
            events = events[length..];
        }

        return body.Written.ToArray();
    }

    /// <summary>Unpacks all events.</summary>
    public static void Read(ReadOnlySpan<byte> body, List<RolledEvent> events)
    {
        var packed = new PackedReader(body);
        while (!packed.AtEnd)
        {
            var account = (int)packed.Number();
            packed.Number();
            Run.Read(ref packed, account, events);
        }
    }

    /// <summary>Counts the events of one account that are within a window.</summary>
    public static void Count(ReadOnlySpan<byte> body, int account, Tally tally, long fromMs, long toMs)
    {
        var packed = new PackedReader(body);
        while (!packed.AtEnd)
        {
            var of = (int)packed.Number();
            var run = packed.Bytes((int)packed.Number());
            if (of == account)
                Run.Count(run, tally, fromMs, toMs);
            // In the order of accounts.
            if (of >= account)
                return;
        }
    }
}
