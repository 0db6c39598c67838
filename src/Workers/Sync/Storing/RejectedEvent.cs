namespace BusIngest.Workers.Sync.Storing;

/// <summary>What was served in place of an event and is none: a row of the table `sync_rejects`.</summary>
public sealed class RejectedEvent
{
    /// <summary>Its place in the order of storing.</summary>
    public long Seq { get; init; }

    /// <summary>A hash of it, so that it is there once however often it is served.</summary>
    public required string Key { get; init; }

    /// <summary>What it was pulled from.</summary>
    public required string Source { get; init; }

    /// <summary>The run that met it first.</summary>
    public Guid RunId { get; init; }

    /// <summary>What is wrong with it.</summary>
    public required string Reason { get; init; }

    /// <summary>The beginning of it, at most 4 KB.</summary>
    public required string Body { get; init; }

    /// <summary>When it was met first.</summary>
    public DateTimeOffset RejectedAt { get; init; }
}
