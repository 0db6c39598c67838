using MassTransit;

namespace BusIngest.Bus.Delivery;

/// <summary>Gets at the transaction of the message at hand.</summary>
public static class ConsumerTransactionExtensions
{
    /// <summary>The transaction that commits once the consumer of this message has returned.</summary>
    /// <exception cref="PayloadNotFoundException">The message came by no endpoint of the bus.</exception>
    public static ConsumerTransaction Transaction(this ConsumeContext context) => context.GetPayload<ConsumerTransaction>();
}
