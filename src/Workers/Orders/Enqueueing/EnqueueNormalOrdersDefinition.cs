using MassTransit;

namespace BusIngest.Workers.Orders.Enqueueing;

/// <summary>On the queue `orders-enqueue`.</summary>
internal sealed class EnqueueNormalOrdersDefinition : ConsumerDefinition<EnqueueNormalOrdersConsumer>
{
    public EnqueueNormalOrdersDefinition()
    {
        EndpointName = EnqueueVipOrdersDefinition.Queue;
        ConcurrentMessageLimit = 1;
    }
}
