using MassTransit;

namespace BusIngest.Readings;

/// <summary>The queue `readings-store`: a few chunks at once, so that they share a commit.</summary>
internal sealed class StoreReadingsDefinition : ConsumerDefinition<StoreReadingsConsumer>
{
    public StoreReadingsDefinition()
    {
        EndpointName = "readings-store";
        ConcurrentMessageLimit = 8;
    }
}
