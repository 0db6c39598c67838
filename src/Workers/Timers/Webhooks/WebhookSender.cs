using System.Diagnostics;
using BusIngest.Bus.Progress;
using BusIngest.Bus.Telemetry;
using BusIngest.Contracts.Timers;
using BusIngest.Workers.Net;
using BusIngest.Workers.Timers.Webhooks.Calls;
using BusIngest.Workers.Timers.Webhooks.Gates;
using BusIngest.Workers.Timers.Webhooks.Signing;

namespace BusIngest.Workers.Timers.Webhooks;

/// <summary>Calls webhooks: signed POSTs (Standard Webhooks), to public or allowed hosts only, none of which takes the others' places.</summary>
internal sealed class WebhookSender(
    SigningSecrets secrets, HostGates gates, WebhookCall call, ResponseExcerpts excerpts, WebhookOptions options, WorkWatch watch, TimeProvider time)
{
    private readonly WorkInHand _work = watch.Add("deliverer of webhooks");

    /// <summary>Calls a timer's webhook once.</summary>
    /// <param name="message">What is delivered, and where to. Every attempt for a timer has the same `webhook-id`.</param>
    /// <param name="stopping">Ends the attempt because the process stops.</param>
    /// <returns>What came of it. <see cref="WebhookResult.Deferred"/> was no attempt.</returns>
    /// <exception cref="OperationCanceledException">The process stops; nothing is known of the attempt.</exception>
    /// <exception cref="Bus.Storage.StorageUnavailableException">There is no secret yet, and none can be stored now.</exception>
    public async Task<WebhookOutcome> SendAsync(DeliverWebhook message, CancellationToken stopping)
    {
        _work.Take();
        WebhookOutcome? outcome = null;
        try
        {
            return outcome = await TrySendAsync(message, stopping);
        }
        finally
        {
            // A receiver that is left alone for a while is its own trouble; that there is no place is ours.
            if (outcome is null or { DeferredBecause: DeferralReason.Busy })
                _work.PutBack();
            else
                _work.Move();
        }
    }

    private async Task<WebhookOutcome> TrySendAsync(DeliverWebhook message, CancellationToken stopping)
    {
        if (!OutboundUrl.TryRead(message.WebhookUrl, out var url))
            return new WebhookOutcome { Result = WebhookResult.Abandoned, StartedAt = time.GetUtcNow(), Error = "blocked: not an http or https address" };

        var keys = await secrets.GetAsync(stopping);
        var outcome = await gates.RunAsync(
            url, IsOverdue(message), token => CallAsync(url, new SignedDelivery(message, keys, time.GetUtcNow()), message.Attempt, token), stopping);
        // The status has settled it: what follows of the answer takes nobody's place.
        return outcome.Answer is { } answer
            ? outcome with { Answer = null, ResponseBody = await excerpts.ReadAsync(answer, stopping) }
            : outcome;
    }

    private bool IsOverdue(DeliverWebhook message) => message.DeferredAt is { } since && time.GetUtcNow() - since >= options.Breaker.Break;

    /// <summary>The span shows the host alone: the rest of an address may be a secret.</summary>
    private async Task<WebhookOutcome> CallAsync(Uri url, SignedDelivery delivery, int attempt, CancellationToken stopping)
    {
        using var span = Tracing.Source.StartActivity("webhook", ActivityKind.Client);
        var outcome = await call.RunAsync(url, delivery, stopping);
        span?.SetTag("server.address", url.Host).SetTag("server.port", url.Port).SetTag("busingest.attempt", attempt)
            .SetTag("http.request.method", "POST").SetTag("http.response.status_code", outcome.StatusCode)
            .SetStatus(outcome.Result == WebhookResult.Delivered ? ActivityStatusCode.Unset : ActivityStatusCode.Error);
        return outcome;
    }
}
