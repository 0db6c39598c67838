using MassTransit;

namespace BusIngest.Workers.Orders.Steering;

/// <summary>The queue `orders-control`, which all consumers that steer share: one thing after the other.</summary>
/// <typeparam name="TConsumer">One of them.</typeparam>
internal sealed class SteeringDefinition<TConsumer> : ConsumerDefinition<TConsumer>
    where TConsumer : class, IConsumer
{
    public SteeringDefinition()
    {
        EndpointName = "orders-control";
        ConcurrentMessageLimit = 1;
    }
}
