using BusIngest.Contracts.Timers;
using MassTransit;

namespace BusIngest.Sagas.Timers;

/// <summary>The verbs of <see cref="TimerMachine"/>.</summary>
internal static class TimerActivities
{
    public static EventActivityBinder<TimerState, CreateTimer> TakeOver(this EventActivityBinder<TimerState, CreateTimer> binder) =>
        binder.Then(context =>
        {
            context.Saga.WebhookUrl = context.Message.WebhookUrl;
            context.Saga.CreatedAt = context.Message.CreatedAt;
            context.Saga.DueAt = context.Message.DueAt;
        });

    public static EventActivityBinder<TimerState, CreateTimer> ScheduleDue(
        this EventActivityBinder<TimerState, CreateTimer> binder, TimerMachine machine) =>
        binder.Schedule(machine.TimerDue, context => new TimerDue(context.Saga.CorrelationId), context => context.Saga.DueAt.UtcDateTime);

    public static EventActivityBinder<TimerState, TimerDue> NoteFired(this EventActivityBinder<TimerState, TimerDue> binder, TimeProvider time) =>
        binder.Then(context => context.Saga.FiredAt = time.GetUtcNow());

    /// <summary>Counts the next try, and has it done.</summary>
    public static EventActivityBinder<TimerState, T> DeliverWebhook<T>(this EventActivityBinder<TimerState, T> binder)
        where T : class => binder
        .Then(context =>
        {
            context.Saga.Attempts++;
            context.Saga.NextAttemptAt = null;
        })
        .Publish(context => new DeliverWebhook(
            context.Saga.CorrelationId,
            context.Saga.Attempts,
            context.Saga.WebhookUrl,
            context.Saga.DueAt,
            context.Saga.FiredAt ?? context.Saga.DueAt));

    public static EventActivityBinder<TimerState, WebhookDelivered> NoteDelivered(this EventActivityBinder<TimerState, WebhookDelivered> binder) =>
        binder.Then(context =>
        {
            context.Saga.DeliveredAt ??= context.Message.DeliveredAt;
            context.Saga.LastError = null;
        });

    public static EventActivityBinder<TimerState, T> NoteError<T>(this EventActivityBinder<TimerState, T> binder, Func<T, string> error)
        where T : class =>
        binder.Then(context => context.Saga.LastError = error(context.Message));

    public static EventActivityBinder<TimerState, WebhookAttemptFailed> ScheduleRetry(
        this EventActivityBinder<TimerState, WebhookAttemptFailed> binder, TimerMachine machine, TimerOptions options, TimeProvider time) => binder
        .Then(context => context.Saga.NextAttemptAt = time.GetUtcNow() + options.PauseOf(context.Saga, context.Message.RetryAfterMs))
        .Schedule(
            machine.RetryDue,
            context => new RetryDue(context.Saga.CorrelationId),
            context => context.Saga.NextAttemptAt.GetValueOrDefault().UtcDateTime);

    /// <summary>Lets the retries start over.</summary>
    public static EventActivityBinder<TimerState, RedeliverTimer> BeginRound(this EventActivityBinder<TimerState, RedeliverTimer> binder) =>
        binder.Then(context => context.Saga.AttemptsBefore = context.Saga.Attempts);

    public static EventActivityBinder<TimerState, T> RespondChanged<T>(this EventActivityBinder<TimerState, T> binder)
        where T : class =>
        binder.Respond(context => new TimerChanged(context.Saga.CorrelationId, context.Saga.CurrentState));

    public static EventActivityBinder<TimerState, T> RespondRefused<T>(this EventActivityBinder<TimerState, T> binder)
        where T : class =>
        binder.Respond(context => new TimerRefused(context.Saga.CorrelationId, context.Saga.CurrentState));

    public static EventActivityBinder<TimerState, FindTimer> RespondFound(this EventActivityBinder<TimerState, FindTimer> binder) =>
        binder.Respond(context => new TimerFound(
            context.Saga.CorrelationId, context.Saga.CurrentState, context.Saga.WebhookUrl, context.Saga.CreatedAt, context.Saga.DueAt));

    /// <summary>Answers that there is no such timer.</summary>
    public static Task RespondUnknown(this ConsumeContext context, Guid timerId) => context.RespondAsync(new TimerRefused(timerId, Status: null));
}
