namespace BusIngest.Bus.Scheduling;

/// <summary>A message for later, at rest: a row of the table `scheduled_messages`.</summary>
public sealed class ScheduledMessage
{
    /// <summary>Its place in the order of scheduling.</summary>
    public long Seq { get; init; }

    /// <summary>By which it can be taken back.</summary>
    public Guid TokenId { get; init; }

    /// <summary>When it is due.</summary>
    public DateTimeOffset DueAt { get; init; }

    /// <summary>The message's id.</summary>
    public Guid MessageId { get; init; }

    /// <summary>The message's name.</summary>
    public required string MessageType { get; init; }

    /// <summary>The endpoint it is for; null: every endpoint that subscribes to its type.</summary>
    public string? Endpoint { get; init; }

    /// <summary>In whose window it is; null: in nobody's. PostgreSQL alone has it, as on SQLite there is but one.</summary>
    public Guid? LeasedBy { get; init; }

    /// <summary>The MassTransit envelope.</summary>
    public required byte[] Body { get; init; }
}
