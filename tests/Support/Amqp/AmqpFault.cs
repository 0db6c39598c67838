namespace BusIngest.Support.Amqp;

/// <summary>What befalls a connection.</summary>
/// <param name="Kind">What.</param>
/// <param name="Code">The reply code of a close; 0 otherwise.</param>
public readonly record struct AmqpFault(AmqpFaultKind Kind, int Code = 0)
{
    /// <summary>The reply codes of AMQP 0-9-1.</summary>
    public static IReadOnlyList<int> Codes { get; } = [311, 312, 313, 320, 402, 403, 404, 405, 406, 501, 502, 503, 504, 505, 506, 530, 540, 541];

    /// <summary>Every fault once: each code on a channel and on a connection, a cut, a stall.</summary>
    public static IReadOnlyList<AmqpFault> All { get; } =
    [
        .. Codes.Select(code => new AmqpFault(AmqpFaultKind.CloseChannel, code)),
        .. Codes.Select(code => new AmqpFault(AmqpFaultKind.CloseConnection, code)),
        new(AmqpFaultKind.Cut), new(AmqpFaultKind.Stall),
    ];
}

/// <summary>The kinds of fault.</summary>
public enum AmqpFaultKind
{
    /// <summary>The broker closes a channel with a reply code.</summary>
    CloseChannel,

    /// <summary>The broker closes the connection with a reply code.</summary>
    CloseConnection,

    /// <summary>The connection breaks, without a word.</summary>
    Cut,

    /// <summary>Nothing comes through for a second.</summary>
    Stall,
}
