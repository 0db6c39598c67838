using BusIngest.Bus.Delivery;
using BusIngest.Contracts.Timers;
using BusIngest.Workers.Timers.Attempts;
using BusIngest.Workers.Timers.Webhooks;
using MassTransit;

namespace BusIngest.Workers.Timers.Delivering;

/// <summary>Calls a timer's webhook, keeps the attempt, and tells what came of it. What is put off comes again, and is no attempt.</summary>
internal sealed class DeliverWebhookConsumer(WebhookSender sender, TimeProvider time) : IConsumer<DeliverWebhook>
{
    public async Task Consume(ConsumeContext<DeliverWebhook> context)
    {
        var message = context.Message;
        var outcome = await sender.SendAsync(message, context.CancellationToken);
        TimerMetrics.Count(message, outcome);
        if (outcome.Result == WebhookResult.Deferred)
        {
            await DeferAsync(context, outcome);
            return;
        }

        var attempt = Describe(message, outcome);
        context.Transaction().Write(1, session => session.Insert(attempt), batch => batch.Insert(attempt));
        await PublishAsync(context, message, outcome);
    }

    private static Task PublishAsync(IPublishEndpoint bus, DeliverWebhook message, WebhookOutcome outcome) => outcome.Result switch
    {
        WebhookResult.Delivered => bus.Publish(
            new WebhookDelivered(message.TimerId, message.Attempt, outcome.StartedAt + outcome.Duration)),
        WebhookResult.Abandoned => bus.Publish(
            new WebhookAbandoned(message.TimerId, message.Attempt, outcome.Error!)),
        _ => bus.Publish(
            new WebhookAttemptFailed(message.TimerId, message.Attempt, outcome.Error!, (long?)outcome.RetryAfter?.TotalMilliseconds)),
    };

    private static TimerAttempt Describe(DeliverWebhook message, WebhookOutcome outcome) => new()
    {
        TimerId = message.TimerId,
        Attempt = message.Attempt,
        StartedAt = outcome.StartedAt,
        DurationMs = (long)outcome.Duration.TotalMilliseconds,
        StatusCode = outcome.StatusCode,
        Error = outcome.Error,
        ResponseBody = outcome.ResponseBody,
    };

    private Task<ScheduledMessage<DeliverWebhook>> DeferAsync(ConsumeContext<DeliverWebhook> context, WebhookOutcome outcome)
    {
        var now = time.GetUtcNow();
        var message = outcome.DeferredBecause == DeferralReason.CircuitOpen
            ? context.Message with { DeferredAt = context.Message.DeferredAt ?? now }
            : context.Message;
        return context.ScheduleSend(context.ReceiveContext.InputAddress, (now + outcome.DeferredFor).UtcDateTime, message);
    }
}
