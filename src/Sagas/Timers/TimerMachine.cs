using BusIngest.Contracts.Timers;
using MassTransit;

namespace BusIngest.Sagas.Timers;

/// <summary>
/// What a timer does: it waits until it is due, has its webhook called, again on a schedule while that fails, and stays for good in the
/// state it ended in. Only the outcome of the try that is under way counts; every other one, like every double, changes nothing.
/// </summary>
public sealed class TimerMachine : MassTransitStateMachine<TimerState>
{
    /// <summary>Lays down the table.</summary>
    /// <param name="options">When a failed webhook is tried again.</param>
    /// <param name="time">Tells when a timer fired, and from when on it waits for a retry.</param>
    public TimerMachine(TimerOptions options, TimeProvider time)
    {
        InstanceState(x => x.CurrentState);

        Event(() => CreateTimer, x => x.CorrelateById(context => context.Message.TimerId));
        Event(() => WebhookDelivered, x => x.CorrelateById(context => context.Message.TimerId));
        Event(() => WebhookAttemptFailed, x => x.CorrelateById(context => context.Message.TimerId));
        Event(() => WebhookAbandoned, x => x.CorrelateById(context => context.Message.TimerId));
        Event(() => CancelTimer, x =>
        {
            x.CorrelateById(context => context.Message.TimerId);
            x.OnMissingInstance(missing => missing.ExecuteAsync(context => context.RespondUnknown(context.Message.TimerId)));
        });
        Event(() => RedeliverTimer, x =>
        {
            x.CorrelateById(context => context.Message.TimerId);
            x.OnMissingInstance(missing => missing.ExecuteAsync(context => context.RespondUnknown(context.Message.TimerId)));
        });
        Event(() => FindTimer, x =>
        {
            x.CorrelateById(context => context.Message.TimerId);
            x.OnMissingInstance(missing => missing.ExecuteAsync(context => context.RespondUnknown(context.Message.TimerId)));
        });
        Schedule(() => TimerDue, timer => timer.DueToken, x => x.Received = due => due.CorrelateById(context => context.Message.TimerId));
        Schedule(() => RetryDue, timer => timer.RetryToken, x => x.Received = due => due.CorrelateById(context => context.Message.TimerId));

        Initially(
            When(CreateTimer)
                .TakeOver()
                .ScheduleDue(this)
                .TransitionTo(Scheduled));

        During(Scheduled,
            When(TimerDue.Received)
                .NoteFired(time)
                .DeliverWebhook()
                .TransitionTo(Running),
            When(CancelTimer)
                .Unschedule(TimerDue)
                .TransitionTo(Cancelled)
                .RespondChanged(),
            When(RedeliverTimer)
                .RespondRefused());

        During(Running,
            When(WebhookDelivered, context => context.Saga.Awaits(context.Message.Attempt))
                .NoteDelivered()
                .TransitionTo(Finished),
            When(WebhookAttemptFailed, context => context.Saga.Awaits(context.Message.Attempt))
                .NoteError(failed => failed.Error)
                .IfElse(context => options.HasRetryFor(context.Saga),
                    again => again.ScheduleRetry(this, options, time).TransitionTo(Running),
                    never => never.TransitionTo(Failed)),
            When(WebhookAbandoned, context => context.Saga.Awaits(context.Message.Attempt))
                .NoteError(abandoned => abandoned.Error)
                .TransitionTo(Failed),
            When(RetryDue.Received)
                .DeliverWebhook()
                .TransitionTo(Running),
            When(CancelTimer)
                .RespondRefused(),
            When(RedeliverTimer)
                .RespondRefused());

        During(Finished, Failed,
            When(RedeliverTimer)
                .BeginRound()
                .DeliverWebhook()
                .TransitionTo(Running)
                .RespondChanged(),
            When(CancelTimer)
                .RespondRefused());

        During(Cancelled,
            When(CancelTimer)
                .RespondRefused(),
            When(RedeliverTimer)
                .RespondRefused());

        During([Scheduled, Running, Finished, Failed, Cancelled],
            When(FindTimer)
                .RespondFound(),
            Ignore(CreateTimer));
        During([Running, Finished, Failed, Cancelled],
            Ignore(TimerDue.Received));
        During([Scheduled, Finished, Failed, Cancelled],
            Ignore(RetryDue.Received),
            Ignore(WebhookDelivered),
            Ignore(WebhookAttemptFailed),
            Ignore(WebhookAbandoned));
    }

    /// <summary>It waits for its time.</summary>
    public State Scheduled { get; } = null!;

    /// <summary>Its webhook is being called, or waits to be called again.</summary>
    public State Running { get; } = null!;

    /// <summary>Its webhook answered 2xx.</summary>
    public State Finished { get; } = null!;

    /// <summary>Its webhook was given up.</summary>
    public State Failed { get; } = null!;

    /// <summary>It was cancelled before its time.</summary>
    public State Cancelled { get; } = null!;

    /// <summary>A client sets it.</summary>
    public Event<CreateTimer> CreateTimer { get; } = null!;

    /// <summary>A client asks to cancel it.</summary>
    public Event<CancelTimer> CancelTimer { get; } = null!;

    /// <summary>A client asks to have its webhook called again.</summary>
    public Event<RedeliverTimer> RedeliverTimer { get; } = null!;

    /// <summary>A process asks what it is like.</summary>
    public Event<FindTimer> FindTimer { get; } = null!;

    /// <summary>A try succeeded.</summary>
    public Event<WebhookDelivered> WebhookDelivered { get; } = null!;

    /// <summary>A try failed, and another may succeed.</summary>
    public Event<WebhookAttemptFailed> WebhookAttemptFailed { get; } = null!;

    /// <summary>A try found out that there is no use in another.</summary>
    public Event<WebhookAbandoned> WebhookAbandoned { get; } = null!;

    /// <summary>Its time has come.</summary>
    public Schedule<TimerState, TimerDue> TimerDue { get; } = null!;

    /// <summary>The pause before the next try is over.</summary>
    public Schedule<TimerState, RetryDue> RetryDue { get; } = null!;
}
