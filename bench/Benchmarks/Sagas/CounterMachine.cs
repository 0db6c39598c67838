using BusIngest.Bus.Sagas;
using MassTransit;

namespace BusIngest.Bench.Benchmarks.Sagas;

/// <summary>The smallest saga that has something to lose: it counts its events, and tells of each.</summary>
internal sealed class CounterMachine : MassTransitStateMachine<Counter>
{
    public CounterMachine()
    {
        InstanceState(x => x.CurrentState);
        Event(() => CountUp, x => x.CorrelateById(context => context.Message.CounterId));

        Initially(Count(When(CountUp)).TransitionTo(Counting));
        During(Counting, Count(When(CountUp)));
    }

    public State Counting { get; } = null!;

    public Event<CountUp> CountUp { get; } = null!;

    private static EventActivityBinder<Counter, CountUp> Count(EventActivityBinder<Counter, CountUp> binder) => binder
        .Then(context => context.Saga.Count++)
        .Publish(context => new Counted(context.Saga.CorrelationId, context.Saga.Count));
}

/// <summary>The saga.</summary>
internal sealed class Counter : ISagaDocument
{
    public Guid CorrelationId { get; set; }

    public string CurrentState { get; set; } = "";

    public int SchemaVersion { get; set; } = 1;

    public long Count { get; set; }
}
