using MassTransit;

namespace BusIngest.Workers.Events.Storing;

/// <summary>The queue `events-store`: a few chunks at once, so that they share a commit. Events have no order to keep.</summary>
internal sealed class StoreEventsDefinition : ConsumerDefinition<StoreEventsConsumer>
{
    public StoreEventsDefinition()
    {
        EndpointName = EventsRegistration.Queue;
        ConcurrentMessageLimit = 8;
    }
}
