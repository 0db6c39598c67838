using MassTransit;

namespace BusIngest.Workers.Orders.Processing;

/// <summary>The queue `orders-normal`, where nothing is before the last VIP order of a run is settled.</summary>
internal sealed class ProcessNormalOrdersDefinition : ConsumerDefinition<ProcessNormalOrdersConsumer>
{
    public ProcessNormalOrdersDefinition(OrdersOptions options)
    {
        EndpointName = "orders-normal";
        ConcurrentMessageLimit = options.AtOnce;
    }
}
