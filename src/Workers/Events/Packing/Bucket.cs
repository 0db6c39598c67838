namespace BusIngest.Workers.Events.Packing;

/// <summary>An account's events of one hour, or a segment of them: a row of the table `event_buckets`.</summary>
/// <param name="Key">See <see cref="BucketKey"/>.</param>
/// <param name="Events">How many.</param>
/// <param name="Counts">By type and by user; see <see cref="Packing.Counts"/>.</param>
/// <param name="Detail">Each of them; see <see cref="Run"/>.</param>
internal readonly record struct Bucket(long Key, int Events, byte[] Counts, byte[] Detail)
{
    /// <summary>A segment with so many events is not added to any more: it would have to be written anew each time.</summary>
    public const int MostEvents = 8_192;

    /// <summary>An empty one.</summary>
    public static Bucket Empty(long key) => new(key, 0, [], []);

    /// <summary>Whether it takes more events.</summary>
    public bool IsOpen => Events < MostEvents;

    /// <summary>The bucket with events added; the caller makes sure that they fit.</summary>
    /// <param name="events">In time order.</param>
    /// <param name="scratch">To write with.</param>
    public Bucket With(ReadOnlySpan<RolledEvent> events, PackedWriter scratch)
    {
        scratch.Clear();
        Packing.Counts.Write(scratch, Counts, events);
        var counts = scratch.Written.ToArray();
        scratch.Clear();
        scratch.Bytes(Detail);
        Run.Write(scratch, events);
        return new Bucket(Key, Events + events.Length, counts, scratch.Written.ToArray());
    }
}
