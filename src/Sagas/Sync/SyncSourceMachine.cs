using BusIngest.Contracts.Sync;
using MassTransit;

namespace BusIngest.Sagas.Sync;

/// <summary>What a source does: it is pulled by one run at a time. There is one instance a source, so that requests for it take turns.</summary>
public sealed class SyncSourceMachine : MassTransitStateMachine<SyncSourceState>
{
    /// <summary>Lays down the table.</summary>
    public SyncSourceMachine()
    {
        InstanceState(x => x.CurrentState);

        Event(() => RequestSync, x => x.CorrelateById(context => context.Message.Source.Id));
        Event(() => SyncEnded, x => x.CorrelateById(context => context.Message.SourceId));

        Initially(
            When(RequestSync)
                .BeginRun()
                .TransitionTo(Busy));

        During(Free,
            When(RequestSync)
                .BeginRun()
                .TransitionTo(Busy),
            Ignore(SyncEnded));

        During(Busy,
            When(RequestSync, context => context.Message.RunId == context.Saga.RunId)
                .Respond(context => new SyncAccepted(context.Saga.RunId)),
            When(RequestSync, context => context.Message.RunId != context.Saga.RunId)
                .Respond(context => new SyncRefused(context.Saga.RunId, State: null)),
            When(SyncEnded, context => context.Message.RunId == context.Saga.RunId)
                .TransitionTo(Free));
    }

    /// <summary>Nobody pulls from it.</summary>
    public State Free { get; } = null!;

    /// <summary>A run of it is not over.</summary>
    public State Busy { get; } = null!;

    /// <summary>A client asks to pull it.</summary>
    public Event<RequestSync> RequestSync { get; } = null!;

    /// <summary>A run of it is over.</summary>
    public Event<SyncEnded> SyncEnded { get; } = null!;
}
