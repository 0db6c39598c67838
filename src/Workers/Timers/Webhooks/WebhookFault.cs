namespace BusIngest.Workers.Timers.Webhooks;

/// <summary>What was wrong on the other side that may be wrong for other calls as well.</summary>
internal enum WebhookFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>No connection: the name is not known, nobody listens, TLS fails. It is the host's.</summary>
    NoConnection,

    /// <summary>A connection, and no answer. It may be the path's alone.</summary>
    NoAnswer,

    /// <summary>An answer of 5xx. It may be the path's alone.</summary>
    ServerError,
}
