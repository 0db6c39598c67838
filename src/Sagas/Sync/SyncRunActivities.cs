using BusIngest.Contracts.Sync;
using MassTransit;

namespace BusIngest.Sagas.Sync;

/// <summary>The verbs of <see cref="SyncRunMachine"/>.</summary>
internal static class SyncRunActivities
{
    public static EventActivityBinder<SyncRunState, StartSync> TakeOver(this EventActivityBinder<SyncRunState, StartSync> binder) =>
        binder.Then(context =>
        {
            context.Saga.Source = context.Message.Source;
            context.Saga.Epoch = context.Message.Epoch;
            context.Saga.RequestedAt = context.Message.RequestedAt;
            context.Saga.ForgetPace = context.Message.IgnorePace;
        });

    /// <summary>Has the next stretch worked at, and looks after it.</summary>
    public static EventActivityBinder<SyncRunState, T> FetchOn<T>(
        this EventActivityBinder<SyncRunState, T> binder, SyncRunMachine machine, SyncRunOptions options, TimeProvider time)
        where T : class => binder
        .Then(context =>
        {
            context.Saga.Stretch++;
            context.Saga.NextFetchAt = null;
            context.Saga.PausedByClient = false;
        })
        .Publish(context => new FetchPage(
            context.Saga.CorrelationId, context.Saga.Source, context.Saga.Epoch, context.Saga.Stretch, context.Saga.FromFirstPage, context.Saga.ForgetPace))
        .Then(context => (context.Saga.FromFirstPage, context.Saga.ForgetPace) = (false, false))
        .Schedule(
            machine.StallDue,
            context => new StallDue(context.Saga.CorrelationId, context.Saga.Stretch),
            _ => (time.GetUtcNow() + options.StallAfter).UtcDateTime);

    /// <summary>Has it go on later.</summary>
    public static EventActivityBinder<SyncRunState, T> FetchLater<T>(
        this EventActivityBinder<SyncRunState, T> binder, SyncRunMachine machine, Func<BehaviorContext<SyncRunState, T>, DateTimeOffset> at)
        where T : class => binder
        .Then(context => context.Saga.NextFetchAt = at(context))
        .Unschedule(machine.StallDue)
        .Schedule(
            machine.FetchDue,
            context => new FetchDue(context.Saga.CorrelationId),
            context => context.Saga.NextFetchAt.GetValueOrDefault().UtcDateTime);

    /// <summary>Shuts out whoever works at it.</summary>
    public static EventActivityBinder<SyncRunState, T> Halt<T>(this EventActivityBinder<SyncRunState, T> binder, SyncRunMachine machine)
        where T : class => binder
        .Then(context =>
        {
            context.Saga.Stretch++;
            context.Saga.NextFetchAt = null;
        })
        .Publish(context => new HaltSync(context.Saga.CorrelationId, context.Saga.Source.Name, context.Saga.Epoch, context.Saga.Stretch))
        .Unschedule(machine.FetchDue)
        .Unschedule(machine.StallDue);

    /// <summary>Gives its source up to the next run.</summary>
    public static EventActivityBinder<SyncRunState, T> End<T>(
        this EventActivityBinder<SyncRunState, T> binder, SyncRunMachine machine, TimeProvider time)
        where T : class => binder
        .Then(context =>
        {
            context.Saga.EndedAt = time.GetUtcNow();
            context.Saga.NextFetchAt = null;
        })
        .Unschedule(machine.StallDue)
        .Publish(context => new SyncEnded(context.Saga.CorrelationId, context.Saga.Source.Id));

    /// <summary>Notes what a stretch got done.</summary>
    public static EventActivityBinder<SyncRunState, T> NoteProgress<T>(
        this EventActivityBinder<SyncRunState, T> binder, Func<T, (int Pages, long Events)> progress)
        where T : class => binder.Then(context =>
        {
            var (pages, events) = progress(context.Message);
            if (pages > 0)
                context.Saga.Failures = 0;
            if (events > 0)
                (context.Saga.FruitlessPasses, context.Saga.Circles) = (0, 0);
        });

    public static EventActivityBinder<SyncRunState, PageFailed> NoteFailure(this EventActivityBinder<SyncRunState, PageFailed> binder) =>
        binder.Then(context =>
        {
            context.Saga.Failures++;
            context.Saga.LastError = context.Message.Error;
            context.Saga.FromFirstPage |= context.Message.FromFirstPage;
            context.Saga.Circles += context.Message.FromFirstPage ? 1 : 0;
        });

    /// <summary>Has the next stretch ask without regard to what was learned of the pace.</summary>
    public static EventActivityBinder<SyncRunState, PaceForgotten> ForgetPace(this EventActivityBinder<SyncRunState, PaceForgotten> binder) =>
        binder.Then(context => context.Saga.ForgetPace = true);

    public static EventActivityBinder<SyncRunState, CursorExpired> NoteExpiry(this EventActivityBinder<SyncRunState, CursorExpired> binder) =>
        binder.Then(context =>
        {
            context.Saga.FruitlessPasses++;
            context.Saga.FromFirstPage = true;
            if (context.Saga.GoesInCircles())
                context.Saga.LastError = "the cursor expires before it leads to anything new";
        });

    public static EventActivityBinder<SyncRunState, StallDue> NoteStall(this EventActivityBinder<SyncRunState, StallDue> binder) =>
        binder.Then(context =>
        {
            context.Saga.Stalls++;
            context.Saga.LastError = $"stalled: stretch {context.Saga.Stretch} was not heard of any more; another takes its place";
        });

    public static EventActivityBinder<SyncRunState, T> RespondChanged<T>(this EventActivityBinder<SyncRunState, T> binder)
        where T : class =>
        binder.Respond(context => new SyncChanged(context.Saga.CorrelationId, context.Saga.CurrentState));

    public static EventActivityBinder<SyncRunState, T> RespondRefused<T>(this EventActivityBinder<SyncRunState, T> binder)
        where T : class =>
        binder.Respond(context => new SyncRefused(context.Saga.CorrelationId, context.Saga.CurrentState));

    /// <summary>Answers that there is no such run.</summary>
    public static Task RespondUnknown(this ConsumeContext context, Guid runId) => context.RespondAsync(new SyncRefused(runId, State: null));
}
