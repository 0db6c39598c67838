using MassTransit;

namespace BusIngest.Specs.Sagas.Waiting;

public sealed class WaiterMachine : MassTransitStateMachine<Waiter>
{
    public WaiterMachine()
    {
        InstanceState(x => x.CurrentState);
        Event(() => Wait, x => x.CorrelateById(context => context.Message.Id));
        Event(() => Stop, x => x.CorrelateById(context => context.Message.Id));
        Schedule(() => Alarm, x => x.WakeToken, x => x.Received = received => received.CorrelateById(context => context.Message.Id));

        Initially(When(Wait).Schedule(Alarm, context => new Wake(context.Message.Id, context.Message.Text), context => context.Message.Until.UtcDateTime).TransitionTo(Waiting));
        During(Waiting,
            When(Wait).Schedule(Alarm, context => new Wake(context.Message.Id, context.Message.Text), context => context.Message.Until.UtcDateTime),
            When(Stop).Unschedule(Alarm),
            When(Alarm.Received).Then(context => context.Saga.Woken.Add(context.Message.Text)));
    }

    public State Waiting { get; } = null!;

    public Event<Wait> Wait { get; } = null!;

    public Event<StopWaiting> Stop { get; } = null!;

    public Schedule<Waiter, Wake> Alarm { get; } = null!;
}
