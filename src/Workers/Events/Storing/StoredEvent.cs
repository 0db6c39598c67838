namespace BusIngest.Workers.Events.Storing;

/// <summary>A stored event: a row of the table `events`.</summary>
public sealed class StoredEvent
{
    /// <summary>Its place in the order of storing.</summary>
    public long Seq { get; init; }

    /// <summary>The client's own id: it is stored once.</summary>
    public required string EventId { get; init; }

    /// <summary>The account.</summary>
    public required string AccountId { get; init; }

    /// <summary>The user, who is known within the account.</summary>
    public required string UserId { get; init; }

    /// <summary>What it tells of.</summary>
    public required string Type { get; init; }

    /// <summary>When it happened, to the millisecond.</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>The client's object, as JSON; null: none.</summary>
    public string? Metadata { get; init; }
}
