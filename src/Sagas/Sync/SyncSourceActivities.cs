using BusIngest.Contracts.Sync;
using MassTransit;

namespace BusIngest.Sagas.Sync;

/// <summary>The verbs of <see cref="SyncSourceMachine"/>.</summary>
internal static class SyncSourceActivities
{
    /// <summary>Begins the run that was asked for, and says so.</summary>
    public static EventActivityBinder<SyncSourceState, RequestSync> BeginRun(this EventActivityBinder<SyncSourceState, RequestSync> binder) => binder
        .Then(context =>
        {
            context.Saga.Source = context.Message.Source.Name;
            context.Saga.RunId = context.Message.RunId;
            context.Saga.Epoch++;
        })
        .Publish(context => new StartSync(context.Saga.RunId, context.Message.Source, context.Saga.Epoch, context.Message.RequestedAt, context.Message.IgnorePace))
        .Respond(context => new SyncAccepted(context.Saga.RunId));
}
