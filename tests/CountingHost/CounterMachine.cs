using MassTransit;

namespace BusIngest.CountingHost;

/// <summary>Counts every event, and tells of each.</summary>
public sealed class CounterMachine : MassTransitStateMachine<Counter>
{
    /// <summary>Lays down the table.</summary>
    public CounterMachine()
    {
        InstanceState(x => x.CurrentState);
        Event(() => CountUp, x => x.CorrelateById(context => context.Message.CounterId));

        Initially(
            When(CountUp)
                .Then(context => context.Saga.Count++)
                .Publish(context => new Counted(context.Saga.CorrelationId, context.Message.EventId, context.Saga.Count))
                .TransitionTo(Counting));
        During(Counting,
            When(CountUp)
                .Then(context => context.Saga.Count++)
                .Publish(context => new Counted(context.Saga.CorrelationId, context.Message.EventId, context.Saga.Count)));
    }

    /// <summary>It has counted.</summary>
    public State Counting { get; } = null!;

    /// <summary>One more.</summary>
    public Event<CountUp> CountUp { get; } = null!;
}

/// <summary>The queue `counters`: many events at once, so that turns and shared commits are what is tested.</summary>
public sealed class CounterDefinition : SagaDefinition<Counter>
{
    /// <summary>Names it.</summary>
    public CounterDefinition()
    {
        Endpoint(endpoint =>
        {
            endpoint.Name = "counters";
            endpoint.PrefetchCount = 64;
            endpoint.ConcurrentMessageLimit = 64;
        });
    }
}
