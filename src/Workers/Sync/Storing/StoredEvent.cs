namespace BusIngest.Workers.Sync.Storing;

/// <summary>An ingested event: a row of the table `sync_events`. Source and id are its natural key: it is stored once.</summary>
public sealed class StoredEvent
{
    /// <summary>Its place in the order of storing.</summary>
    public long Seq { get; init; }

    /// <summary>What it is known by: a hash of source and id.</summary>
    public Guid Key { get; init; }

    /// <summary>What it was pulled from.</summary>
    public required string Source { get; init; }

    /// <summary>Its id there.</summary>
    public required string Id { get; init; }

    /// <summary>Its type; null when it has none.</summary>
    public string? Type { get; init; }

    /// <summary>Its user; null when it has none.</summary>
    public string? UserId { get; init; }

    /// <summary>Its time, to the millisecond.</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>The whole event as it was served, as JSON, but for its time, which is ISO 8601.</summary>
    public required string Body { get; init; }
}
