using MassTransit;

namespace BusIngest.Workers.Orders.Generating;

/// <summary>The queue `orders-generate`.</summary>
internal sealed class GenerateOrderChunkDefinition : ConsumerDefinition<GenerateOrderChunkConsumer>
{
    public GenerateOrderChunkDefinition(OrdersOptions options)
    {
        EndpointName = "orders-generate";
        ConcurrentMessageLimit = options.AtOnce;
    }
}
