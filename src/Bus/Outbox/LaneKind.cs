namespace BusIngest.Bus.Outbox;

/// <summary>By what way records leave a process.</summary>
public enum LaneKind
{
    /// <summary>The SQLite inbox, whose pump delivers to the in-process bus.</summary>
    InProcess,

    /// <summary>RabbitMQ's quorum queues.</summary>
    RabbitMq,

    /// <summary>A Redis stream, which a relay brings to the bus.</summary>
    Redis,
}
