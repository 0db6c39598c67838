using MassTransit;

namespace BusIngest.Workers.Orders.Recording;

/// <summary>The queue `orders-record`.</summary>
internal sealed class RecordOrderRunDefinition : ConsumerDefinition<RecordOrderRunConsumer>
{
    public RecordOrderRunDefinition()
    {
        EndpointName = "orders-record";
        ConcurrentMessageLimit = 1;
    }
}
