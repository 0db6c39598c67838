using MassTransit;

namespace BusIngest.Specs.Sagas.Counting;

public sealed class CounterMachine : MassTransitStateMachine<Counter>
{
    public CounterMachine(CounterHooks hooks)
    {
        InstanceState(x => x.CurrentState);
        Event(() => Count, x => x.CorrelateById(context => context.Message.Id));
        Event(() => Pause, x => x.CorrelateById(context => context.Message.Id));
        Event(() => Look, x =>
        {
            x.CorrelateById(context => context.Message.Id);
            x.OnMissingInstance(missing => missing.ExecuteAsync(context => hooks.SeeAsync(context, "missing")));
        });
        Event(() => End, x =>
        {
            x.CorrelateById(context => context.Message.Id);
            x.OnMissingInstance(missing => missing.Discard());
        });

        Initially(When(Count).ThenAsync(context => CountAsync(context, hooks)).TransitionTo(Open));
        During(Open,
            When(Count).ThenAsync(context => CountAsync(context, hooks)),
            When(Pause).ThenAsync(async context =>
            {
                context.Saga.Text = context.Message.Text;
                await hooks.SeeAsync(context, context.Message.Text);
            }).TransitionTo(Resting),
            Ignore(Look),
            When(End).Finalize());
        During(Resting, When(Count).ThenAsync(context => hooks.SeeAsync(context, context.Message.Text)), Ignore(Pause), When(End).Finalize());
        SetCompletedWhenFinalized();
    }

    public State Open { get; } = null!;

    public State Resting { get; } = null!;

    public Event<Counted> Count { get; } = null!;

    public Event<Paused> Pause { get; } = null!;

    public Event<Looked> Look { get; } = null!;

    public Event<Ended> End { get; } = null!;

    private static async Task CountAsync(BehaviorContext<Counter, Counted> context, CounterHooks hooks)
    {
        context.Saga.Count += context.Saga.Step;
        context.Saga.Text = context.Message.Text;
        await hooks.SeeAsync(context, context.Message.Text);
    }
}
