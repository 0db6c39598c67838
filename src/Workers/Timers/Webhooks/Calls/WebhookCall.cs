using BusIngest.Workers.Net;
using BusIngest.Workers.Timers.Webhooks.Signing;

namespace BusIngest.Workers.Timers.Webhooks.Calls;

/// <summary>One attempt, from the look-up of the name to the end of the answer's headers, within one time limit.</summary>
internal sealed class WebhookCall(WebhookOptions options, Redirects redirects, TimeProvider time)
{
    /// <summary>Makes the attempt.</summary>
    /// <returns>What came of it; never <see cref="WebhookResult.Deferred"/>.</returns>
    /// <exception cref="OperationCanceledException">The process stops; nothing is known of the attempt.</exception>
    public async Task<WebhookOutcome> RunAsync(Uri url, SignedDelivery delivery, CancellationToken stopping)
    {
        var startedAt = time.GetUtcNow();
        var begun = time.GetTimestamp();
        var outcome = await AttemptAsync(url, delivery, startedAt, stopping);
        return outcome with { Duration = time.GetElapsedTime(begun) };
    }

    private async Task<WebhookOutcome> AttemptAsync(Uri url, SignedDelivery delivery, DateTimeOffset startedAt, CancellationToken stopping)
    {
        using var limit = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        try
        {
            return Judge(await redirects.PostAsync(url, delivery, either.Token), startedAt);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !stopping.IsCancellationRequested)
        {
            return Unanswered(startedAt, WebhookFault.NoAnswer, $"timed out after {options.Timeout.TotalSeconds:0.###} s");
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return Unanswered(startedAt, WebhookFault.NoConnection, "connection timed out");
        }
        catch (HttpRequestException exception)
        {
            stopping.ThrowIfCancellationRequested();
            return CallFailure.FindBlocked(exception) is { } blocked
                ? new WebhookOutcome { Result = WebhookResult.Abandoned, StartedAt = startedAt, Error = $"blocked: {blocked.Message}" }
                : Unanswered(startedAt, CallFailure.IsWithoutConnection(exception) ? WebhookFault.NoConnection : WebhookFault.NoAnswer, CallFailure.Describe(exception));
        }
    }

    private WebhookOutcome Judge(WebhookAnswer answer, DateTimeOffset startedAt)
    {
        var outcome = new WebhookOutcome
        {
            Result = WebhookResult.Delivered,
            StartedAt = startedAt,
            StatusCode = answer.Status,
            Answer = answer,
        };
        return answer.Status is >= 200 and < 300 ? outcome : outcome with
        {
            Result = answer.Status == 410 ? WebhookResult.Abandoned : WebhookResult.Failed,
            Error = answer.RefusedRedirect ?? answer.StatusText,
            RetryAfter = RetryAfter.Parse(answer.RetryAfter, time.GetUtcNow()),
            Fault = answer.Status >= 500 ? WebhookFault.ServerError : WebhookFault.None,
        };
    }

    private static WebhookOutcome Unanswered(DateTimeOffset startedAt, WebhookFault fault, string error) =>
        new() { Result = WebhookResult.Failed, StartedAt = startedAt, Error = error, Fault = fault };
}
