namespace BusIngest.Bus.Inbox;

/// <summary>A message at rest in the inbox: a row of the table `inbox`.</summary>
internal sealed class InboxMessage
{
    /// <summary>Its place in the order of acceptance.</summary>
    public long Seq { get; init; }

    /// <summary>The message's id, under which it is delivered each time.</summary>
    public Guid MessageId { get; init; }

    /// <summary>The message's name.</summary>
    public required string MessageType { get; init; }

    /// <summary>The one endpoint it is for; null: every endpoint that subscribes to its type.</summary>
    public string? Endpoint { get; init; }

    /// <summary>How many records it carries; 1 where it is not a chunk.</summary>
    public int Records { get; init; }

    /// <summary>How the body is to be read; see <see cref="Transports.StoredBody"/>.</summary>
    public required string ContentType { get; init; }

    /// <summary>When it was accepted.</summary>
    public DateTimeOffset AcceptedAt { get; init; }

    /// <summary>The records, or a MassTransit envelope.</summary>
    public required byte[] Body { get; init; }

    /// <summary>The spans that the records come from, as <see cref="Telemetry.RecordTraces"/> writes them; mostly null.</summary>
    public string? Trace { get; init; }
}
