using MassTransit;

namespace BusIngest.Sagas.Orders;

/// <summary>The queue `orders-run`: events of the one run take turns, and share commits.</summary>
internal sealed class OrderRunDefinition : SagaDefinition<OrderRunState>
{
    /// <summary>The queue's name.</summary>
    public const string Queue = "orders-run";

    public OrderRunDefinition()
    {
        EndpointName = Queue;
        ConcurrentMessageLimit = 16;
    }
}
