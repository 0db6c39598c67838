using BusIngest.Contracts.Failover;
using MassTransit;

namespace BusIngest.Sagas.Failover;

/// <summary>The verbs of <see cref="FailoverMachine"/>.</summary>
internal static class FailoverActivities
{
    /// <summary>Keeps what the event tells, unless a later one told more.</summary>
    public static EventActivityBinder<FailoverState, T> Note<T>(this EventActivityBinder<FailoverState, T> binder)
        where T : class, IFailoverEvent =>
        binder.Then(context =>
        {
            if (context.Message.Facts.Step > context.Saga.Facts.Step)
                context.Saga.Facts = context.Message.Facts;
        });

    /// <summary>Moves on, unless a later event already did.</summary>
    public static EventActivityBinder<FailoverState, T> MoveTo<T>(this EventActivityBinder<FailoverState, T> binder, State state)
        where T : class, IFailoverEvent =>
        binder.If(
            context => context.Message.Facts.Step > context.Saga.StateStep,
            later => later.Then(context => context.Saga.StateStep = context.Message.Facts.Step).TransitionTo(state));
}
