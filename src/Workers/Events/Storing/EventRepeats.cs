namespace BusIngest.Workers.Events.Storing;

/// <summary>Which events of a message were known before it: a row of the table `event_repeats`, or none when all were new.</summary>
internal sealed class EventRepeats
{
    /// <summary>Its place in the order of storing.</summary>
    public long Seq { get; init; }

    /// <summary>The message.</summary>
    public Guid MessageId { get; init; }

    /// <summary>When it was stored.</summary>
    public DateTimeOffset StoredAt { get; init; }

    /// <summary>Their places in the message, from 0, packed; see <see cref="Packing.Places"/>.</summary>
    public required byte[] Places { get; init; }
}
