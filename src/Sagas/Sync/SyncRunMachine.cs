using BusIngest.Contracts.Sync;
using MassTransit;

namespace BusIngest.Sagas.Sync;

/// <summary>
/// What a run does: it has one stretch of pages fetched after the other, waits where the other side asks for it or is down, and stays for
/// good in the state it ended in. Only the outcome of the stretch at work counts; every other one, like every double, changes nothing.
/// </summary>
public sealed class SyncRunMachine : MassTransitStateMachine<SyncRunState>
{
    /// <summary>Lays down the table.</summary>
    /// <param name="options">How patient it is.</param>
    /// <param name="time">Tells when it fetches again, and when it ended.</param>
    public SyncRunMachine(SyncRunOptions options, TimeProvider time)
    {
        InstanceState(x => x.CurrentState);
        Correlate();

        Initially(
            When(StartSync)
                .TakeOver()
                .FetchOn(this, options, time)
                .TransitionTo(Fetching));

        During(Fetching,
            When(PageStored, context => context.Saga.Awaits(context.Message.Stretch))
                .NoteProgress(stored => (stored.Pages, stored.Events))
                .FetchOn(this, options, time),
            When(SyncThrottled, context => context.Saga.Awaits(context.Message.Stretch))
                .NoteProgress(throttled => (throttled.Pages, throttled.Events))
                .FetchLater(this, context => context.Message.Until)
                .TransitionTo(Throttled),
            When(CursorExpired, context => context.Saga.Awaits(context.Message.Stretch))
                .NoteProgress(expired => (expired.Pages, expired.Events))
                .NoteExpiry()
                .IfElse(context => context.Saga.GoesInCircles(),
                    later => later.FetchLater(this, context => time.GetUtcNow() + options.BackoffOf(context.Saga, retryAfterMs: null)).TransitionTo(Paused),
                    now => now.FetchOn(this, options, time)),
            When(PageFailed, context => context.Saga.Awaits(context.Message.Stretch))
                .NoteProgress(failed => (failed.Pages, failed.Events))
                .NoteFailure()
                .IfElse(context => context.Saga.IsEndedBy(context.Message),
                    never => never.End(this, time).TransitionTo(Failed),
                    later => later
                        .FetchLater(this, context => time.GetUtcNow() + options.BackoffOf(context.Saga, context.Message.RetryAfterMs))
                        .TransitionTo(Paused)),
            When(SyncCompleted, context => context.Saga.Awaits(context.Message.Stretch))
                .Then(context => context.Saga.Note = context.Message.Note)
                .End(this, time)
                .TransitionTo(Completed),
            When(StallDue.Received, context => context.Saga.Awaits(context.Message.Stretch))
                .NoteStall()
                .FetchOn(this, options, time),
            When(ResumeSync)
                .RespondRefused(),
            // The stretch at work knows of its own pace only; the next one forgets.
            When(PaceForgotten)
                .ForgetPace(),
            Ignore(FetchDue.Received));

        During(Throttled,
            When(PaceForgotten)
                .Unschedule(FetchDue)
                .ForgetPace()
                .FetchOn(this, options, time)
                .TransitionTo(Fetching),
            When(FetchDue.Received)
                .FetchOn(this, options, time)
                .TransitionTo(Fetching),
            When(ResumeSync)
                .RespondRefused());

        During(Paused,
            When(PaceForgotten, context => !context.Saga.PausedByClient)
                .Unschedule(FetchDue)
                .ForgetPace()
                .FetchOn(this, options, time)
                .TransitionTo(Fetching),
            When(PaceForgotten, context => context.Saga.PausedByClient)
                .ForgetPace(),
            When(FetchDue.Received, context => !context.Saga.PausedByClient)
                .FetchOn(this, options, time)
                .TransitionTo(Fetching),
            When(ResumeSync)
                .Unschedule(FetchDue)
                .FetchOn(this, options, time)
                .TransitionTo(Fetching)
                .RespondChanged(),
            When(PauseSync, context => context.Saga.PausedByClient)
                .RespondRefused());

        During([Fetching, Throttled, Paused],
            When(PauseSync, context => !context.Saga.PausedByClient)
                .Halt(this)
                .Then(context => context.Saga.PausedByClient = true)
                .TransitionTo(Paused)
                .RespondChanged(),
            When(CancelSync)
                .Halt(this)
                .End(this, time)
                .TransitionTo(Cancelled)
                .RespondChanged(),
            Ignore(StartSync));

        During([Completed, Failed, Cancelled],
            When(PauseSync)
                .RespondRefused(),
            When(ResumeSync)
                .RespondRefused(),
            When(CancelSync)
                .RespondRefused(),
            Ignore(StartSync),
            Ignore(PaceForgotten),
            Ignore(FetchDue.Received));
        During([Throttled, Paused, Completed, Failed, Cancelled],
            Ignore(PageStored),
            Ignore(SyncThrottled),
            Ignore(CursorExpired),
            Ignore(PageFailed),
            Ignore(SyncCompleted),
            Ignore(StallDue.Received));
    }

    /// <summary>Pages are being fetched.</summary>
    public State Fetching { get; } = null!;

    /// <summary>It waits, to keep to the pace that the other side permits.</summary>
    public State Throttled { get; } = null!;

    /// <summary>It waits for a client, or for a source that is down.</summary>
    public State Paused { get; } = null!;

    /// <summary>The last page is stored.</summary>
    public State Completed { get; } = null!;

    /// <summary>There is no use in going on.</summary>
    public State Failed { get; } = null!;

    /// <summary>A client ended it.</summary>
    public State Cancelled { get; } = null!;

    /// <summary>Its source let it begin.</summary>
    public Event<StartSync> StartSync { get; } = null!;

    /// <summary>A stretch ended well.</summary>
    public Event<PageStored> PageStored { get; } = null!;

    /// <summary>A stretch ended because the next request must wait.</summary>
    public Event<SyncThrottled> SyncThrottled { get; } = null!;

    /// <summary>A stretch ended because the cursor is not known any more.</summary>
    public Event<CursorExpired> CursorExpired { get; } = null!;

    /// <summary>A stretch ended because a page could not be fetched.</summary>
    public Event<PageFailed> PageFailed { get; } = null!;

    /// <summary>A stretch stored the last page.</summary>
    public Event<SyncCompleted> SyncCompleted { get; } = null!;

    /// <summary>A client asks to pause it.</summary>
    public Event<PauseSync> PauseSync { get; } = null!;

    /// <summary>A client asks to go on with it.</summary>
    public Event<ResumeSync> ResumeSync { get; } = null!;

    /// <summary>A client asks to end it.</summary>
    public Event<CancelSync> CancelSync { get; } = null!;

    /// <summary>What was learned of its source's pace is forgotten.</summary>
    public Event<PaceForgotten> PaceForgotten { get; } = null!;

    /// <summary>It may fetch again.</summary>
    public Schedule<SyncRunState, FetchDue> FetchDue { get; } = null!;

    /// <summary>The stretch at work should long be over.</summary>
    public Schedule<SyncRunState, StallDue> StallDue { get; } = null!;

    private void Correlate()
    {
        Event(() => StartSync, x => x.CorrelateById(context => context.Message.RunId));
        Event(() => PageStored, x => x.CorrelateById(context => context.Message.RunId));
        Event(() => SyncThrottled, x => x.CorrelateById(context => context.Message.RunId));
        Event(() => CursorExpired, x => x.CorrelateById(context => context.Message.RunId));
        Event(() => PageFailed, x => x.CorrelateById(context => context.Message.RunId));
        Event(() => SyncCompleted, x => x.CorrelateById(context => context.Message.RunId));
        Event(() => PaceForgotten, x =>
        {
            x.CorrelateById(context => context.Message.RunId);
            x.OnMissingInstance(missing => missing.Discard());
        });
        Event(() => PauseSync, x =>
        {
            x.CorrelateById(context => context.Message.RunId);
            x.OnMissingInstance(missing => missing.ExecuteAsync(context => context.RespondUnknown(context.Message.RunId)));
        });
        Event(() => ResumeSync, x =>
        {
            x.CorrelateById(context => context.Message.RunId);
            x.OnMissingInstance(missing => missing.ExecuteAsync(context => context.RespondUnknown(context.Message.RunId)));
        });
        Event(() => CancelSync, x =>
        {
            x.CorrelateById(context => context.Message.RunId);
            x.OnMissingInstance(missing => missing.ExecuteAsync(context => context.RespondUnknown(context.Message.RunId)));
        });
        Schedule(() => FetchDue, run => run.FetchToken, x => x.Received = due => due.CorrelateById(context => context.Message.RunId));
        Schedule(() => StallDue, run => run.StallToken, x => x.Received = due => due.CorrelateById(context => context.Message.RunId));
    }
}
