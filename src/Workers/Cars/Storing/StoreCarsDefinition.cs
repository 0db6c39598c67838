using MassTransit;

namespace BusIngest.Workers.Cars.Storing;

/// <summary>The queue `cars-store`: a few chunks at once, so that they share a commit. Cars have no order to keep.</summary>
internal sealed class StoreCarsDefinition : ConsumerDefinition<StoreCarsConsumer>
{
    public StoreCarsDefinition()
    {
        EndpointName = "cars-store";
        ConcurrentMessageLimit = 8;
    }
}
