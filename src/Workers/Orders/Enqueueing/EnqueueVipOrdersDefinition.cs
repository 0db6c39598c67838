using MassTransit;

namespace BusIngest.Workers.Orders.Enqueueing;

/// <summary>The queue `orders-enqueue`, which both consumers share.</summary>
internal sealed class EnqueueVipOrdersDefinition : ConsumerDefinition<EnqueueVipOrdersConsumer>
{
    /// <summary>The queue's name.</summary>
    public const string Queue = "orders-enqueue";

    public EnqueueVipOrdersDefinition()
    {
        EndpointName = Queue;
        ConcurrentMessageLimit = 1;
    }
}
