namespace BusIngest.Bus.Outbox;

/// <summary>A lane over a server that may be away; the breaker stands before it.</summary>
internal interface IPrimaryLane : IMessageForwarder
{
    /// <summary>`rabbitmq` or `redis`.</summary>
    string Name { get; }

    /// <summary>The server in use as `host:port`, where it may change; null where it may not, or none is known.</summary>
    string? Master { get; }

    /// <summary>The last time that another server became the master; null when none did since the start.</summary>
    MasterPromotion? LastPromotion { get; }

    /// <summary>Set when the lane may be back: it has reconnected, or another master was named.</summary>
    Pulse Returned { get; }

    /// <summary>Why the server is not in use, in its own words where it has said any; null when it is, or nothing is known.</summary>
    string? Trouble => null;

    /// <summary>Why the server must not be used though it answers, until an operator changes its settings; null when it may be.</summary>
    string? Refusal => null;

    /// <summary>One test write, which leaves nothing behind; completes when it is as durable as a message would be.</summary>
    /// <param name="deadline">Ends the wait.</param>
    Task ProbeAsync(CancellationToken deadline);
}
