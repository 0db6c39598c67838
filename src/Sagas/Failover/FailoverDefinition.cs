using MassTransit;

namespace BusIngest.Sagas.Failover;

/// <summary>The queue `failover`: a handful of events a session.</summary>
internal sealed class FailoverDefinition : SagaDefinition<FailoverState>
{
    /// <summary>The queue's name.</summary>
    public const string Queue = "failover";

    /// <summary>The most events in hand at once.</summary>
    public const int AtOnce = 16;

    public FailoverDefinition()
    {
        Endpoint(endpoint =>
        {
            endpoint.Name = Queue;
            endpoint.PrefetchCount = AtOnce;
            endpoint.ConcurrentMessageLimit = AtOnce;
        });
    }
}
