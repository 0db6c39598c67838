using MassTransit;

namespace BusIngest.Workers.Sync.Fetching;

/// <summary>The queue `sync-fetch`: so many sources are pulled at once by a process.</summary>
internal sealed class FetchPageDefinition : ConsumerDefinition<FetchPageConsumer>
{
    private const int AtOnce = 8;

    public FetchPageDefinition()
    {
        Endpoint(endpoint =>
        {
            endpoint.Name = "sync-fetch";
            endpoint.PrefetchCount = AtOnce;
            endpoint.ConcurrentMessageLimit = AtOnce;
        });
    }
}
