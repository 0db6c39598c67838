using MassTransit;
using MassTransit.SagaStateMachine;

namespace BusIngest.Bus.Sagas;

/// <summary>
/// Gathers a machine's transitions. MassTransit's own graph has one vertex for an event that several states know, and so no longer
/// tells which of them leads where.
/// </summary>
internal sealed class TransitionVisitor<TSaga> : StateMachineVisitor
    where TSaga : class, SagaStateMachineInstance
{
    // What MassTransit appends to the name of a schedule.
    private const string Received = ".Received";

    private string _state = "";
    private string _event = "";

    /// <summary>Each once.</summary>
    public HashSet<SagaMachineTransition> Transitions { get; } = [];

    public void Visit(State state, Action<State> next)
    {
        _state = state.Name;
        next(state);
    }

    public void Visit(Event @event, Action<Event> next)
    {
        Enter(@event);
        next(@event);
    }

    public void Visit<TMessage>(Event<TMessage> @event, Action<Event<TMessage>> next)
        where TMessage : class
    {
        Enter(@event);
        next(@event);
    }

    public void Visit(IStateMachineActivity activity) => Visit(activity, _ => { });

    public void Visit(IStateMachineActivity activity, Action<IStateMachineActivity> next)
    {
        if (activity is TransitionActivity<TSaga> transition)
            Transitions.Add(new SagaMachineTransition(_state, _event, transition.ToState.Name));
        next(activity);
    }

    public void Visit<T>(IBehavior<T> behavior)
        where T : class, SagaStateMachineInstance => Visit(behavior, _ => { });

    public void Visit<T>(IBehavior<T> behavior, Action<IBehavior<T>> next)
        where T : class, SagaStateMachineInstance => next(behavior);

    public void Visit<T, TMessage>(IBehavior<T, TMessage> behavior)
        where T : class, SagaStateMachineInstance
        where TMessage : class => Visit(behavior, _ => { });

    public void Visit<T, TMessage>(IBehavior<T, TMessage> behavior, Action<IBehavior<T, TMessage>> next)
        where T : class, SagaStateMachineInstance
        where TMessage : class => next(behavior);

    private void Enter(Event @event) =>
        _event = @event.Name.EndsWith(Received, StringComparison.Ordinal) ? @event.Name[..^Received.Length] : @event.Name;
}
