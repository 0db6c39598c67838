namespace BusIngest.Workers.Events.Storing;

/// <summary>An account's events of an hour, or a segment of them, as summaries need them: a row of the table `event_buckets`.</summary>
internal sealed class EventBucket
{
    /// <summary>Account, hour and segment; see <see cref="Packing.BucketKey"/>.</summary>
    public long Key { get; init; }

    /// <summary>How many events.</summary>
    public int Events { get; init; }

    /// <summary>Counts by type and by user, packed; see <see cref="Packing.Counts"/>.</summary>
    public required byte[] Counts { get; init; }

    /// <summary>User, type and time of each, packed; see <see cref="Packing.Run"/>. The last column: SQLite need not read it for the others.</summary>
    public required byte[] Detail { get; init; }
}
