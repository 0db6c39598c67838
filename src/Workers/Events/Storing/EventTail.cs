namespace BusIngest.Workers.Events.Storing;

/// <summary>What one transaction stored and the buckets do not have yet: a row of the table `event_tail`.</summary>
internal sealed class EventTail
{
    /// <summary>Its place in the order of storing.</summary>
    public long Seq { get; init; }

    /// <summary>How many events.</summary>
    public int Events { get; init; }

    /// <summary>The events, packed: account, user, type and time of each; see <see cref="Packing.TailBody"/>.</summary>
    public required byte[] Body { get; init; }
}
