using MassTransit;

namespace BusIngest.Workers.Orders.Processing;

/// <summary>The queue `orders-vip`.</summary>
internal sealed class ProcessVipOrdersDefinition : ConsumerDefinition<ProcessVipOrdersConsumer>
{
    public ProcessVipOrdersDefinition(OrdersOptions options)
    {
        EndpointName = "orders-vip";
        ConcurrentMessageLimit = options.AtOnce;
    }
}
