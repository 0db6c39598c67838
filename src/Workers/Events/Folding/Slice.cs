using BusIngest.Workers.Events.Packing;

namespace BusIngest.Workers.Events.Folding;

/// <summary>Events of one account and hour that are to go into its buckets.</summary>
/// <param name="First">The first key of the account's hour.</param>
/// <param name="Events">The events, in time order.</param>
internal readonly record struct Slice(long First, ArraySegment<RolledEvent> Events)
{
    /// <summary>Cuts what is in tails by account and hour, in the order of keys.</summary>
    public static List<Slice> Cut(IEnumerable<byte[]> tails)
    {
        var unpacked = new List<RolledEvent>();
        foreach (var tail in tails)
            TailBody.Read(tail, unpacked);
        var events = unpacked.ToArray();
        Array.Sort(events, RolledEvent.Compare);

        var slices = new List<Slice>();
        for (int start = 0, end; start < events.Length; start = end)
        {
            var (account, hour) = (events[start].Account, events[start].Hour);
            for (end = start + 1; end < events.Length && events[end].Account == account && events[end].Hour == hour;)
                end++;
            slices.Add(new Slice(BucketKey.First(account, hour), new ArraySegment<RolledEvent>(events, start, end - start)));
        }

        return slices;
    }

    /// <summary>The buckets as they are once the events have been added.</summary>
    /// <param name="last">The last segment there is; null: none.</param>
    /// <param name="scratch">To write with.</param>
    public IEnumerable<Bucket> AddTo(Bucket? last, PackedWriter scratch)
    {
        var bucket = last ?? Bucket.Empty(First);
        for (var rest = Events; rest.Count > 0;)
        {
            if (!bucket.IsOpen)
                bucket = Bucket.Empty(bucket.Key + 1);
            var taken = Math.Min(rest.Count, Bucket.MostEvents - bucket.Events);
            bucket = bucket.With(rest[..taken], scratch);
            rest = rest[taken..];
            yield return bucket;
        }
    }
}
