namespace BusIngest.Bus.Transports.RabbitMq;

/// <summary>Where a message is published to: an exchange, or by way of the default one straight to a queue.</summary>
/// <param name="Exchange">The exchange; empty: the default one.</param>
/// <param name="Queue">The queue, where it is for one; else empty.</param>
internal readonly record struct MessageRoute(string Exchange, string Queue)
{
    /// <summary>To one queue.</summary>
    public static MessageRoute ToQueue(string queue) => new("", queue);

    /// <summary>To all that subscribe to a message.</summary>
    public static MessageRoute ToSubscribers(string exchange) => new(exchange, "");

    /// <inheritdoc />
    public override string ToString() => Exchange.Length == 0 ? $"the queue name {Queue}" : $"the exchange {Exchange}";
}
