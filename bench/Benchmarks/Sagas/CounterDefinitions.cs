using MassTransit;

namespace BusIngest.Bench.Benchmarks.Sagas;

/// <summary>The queue of the saga: as many events at once as the timers'.</summary>
internal sealed class CounterDefinition : SagaDefinition<Counter>
{
    /// <summary>The queue's name.</summary>
    public const string Queue = "counters";

    /// <summary>The most events in hand at once.</summary>
    public const int AtOnce = 64;

    public CounterDefinition() => Endpoint(endpoint =>
    {
        endpoint.Name = Queue;
        endpoint.PrefetchCount = AtOnce;
        endpoint.ConcurrentMessageLimit = AtOnce;
    });
}

/// <summary>The queue of the consumer.</summary>
internal sealed class CountedDefinition : ConsumerDefinition<CountedConsumer>
{
    /// <summary>The queue's name.</summary>
    public const string Queue = "counted";

    public CountedDefinition() => Endpoint(endpoint =>
    {
        endpoint.Name = Queue;
        endpoint.PrefetchCount = CounterDefinition.AtOnce;
        endpoint.ConcurrentMessageLimit = CounterDefinition.AtOnce;
    });
}
