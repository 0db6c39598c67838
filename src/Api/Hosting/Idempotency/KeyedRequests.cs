using BusIngest.Bus.Idempotency;
using BusIngest.Bus.Storage;

namespace BusIngest.Api.Hosting;

/// <summary>Carries requests under idempotency keys out, each once: a twin that comes meanwhile waits for the answer.</summary>
internal sealed class KeyedRequests(IdempotencyKeys keys, RequestsUnderWay underWay, TimeProvider time, ILogger<KeyedRequests> logger)
{
    /// <summary>How long a twin waits before it is told to come again.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>How often it is looked whether another process is done.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan Renewal = IdempotencyKeys.Hold / 3;

    /// <summary>Answers a request: from its route, or as it was answered before.</summary>
    public async Task AnswerAsync(HttpContext context, RequestDelegate next, KeyedRequest request)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, context.RequestAborted);
        while (true)
        {
            var turn = underWay.Take(request, out var isOwn);
            if (!isOwn)
            {
                if (!string.Equals(turn.Fingerprint, request.Fingerprint, StringComparison.Ordinal))
                {
                    await IdempotencyMiddleware.RefuseOtherValuesAsync(context);
                    return;
                }

                if (await HasPassedAsync(turn.Over.WaitAsync(end.Token)))
                    continue;
                await RefuseTwinAsync(context);
                return;
            }

            using (turn)
            {
                if (await TryAnswerAsync(context, next, request))
                    return;
                // Another process is at it.
                if (await HasPassedAsync(Task.Delay(Pause, time, end.Token)))
                    continue;
            }

            await RefuseTwinAsync(context);
            return;
        }
    }

    private static async Task<bool> HasPassedAsync(Task wait)
    {
        await wait.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return wait.IsCompletedSuccessfully;
    }

    private static Task RefuseTwinAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "1";
        return Problems.Conflict($"The first request under this {KeyedRequest.Header} is still in progress.").ExecuteAsync(context);
    }

    private async Task<bool> TryAnswerAsync(HttpContext context, RequestDelegate next, KeyedRequest request)
    {
        var claim = await keys.ClaimAsync(request.Scope, request.Fingerprint);
        if (!claim.Matches)
            await IdempotencyMiddleware.RefuseOtherValuesAsync(context);
        else if (claim.Answer is { } answer)
            await context.Response.GiveAgainAsync(answer);
        else if (claim.IsMine)
            await CarryOutAsync(context, next, request.Scope, claim);
        else
            return false;

        return true;
    }

    private async Task CarryOutAsync(HttpContext context, RequestDelegate next, string scope, IdempotencyClaim claim)
    {
        context.Features.Set(new IdempotencySeed(claim.Seed));
        var response = context.Response;
        var client = response.Body;
        using var answer = new MemoryStream();
        response.Body = answer;
        try
        {
            await using var renewal = time.CreateTimer(_ => _ = RenewAsync(scope, claim), null, Renewal, Renewal);
            await next(context);
        }
        catch (BadHttpRequestException)
        {
            await TryAsync(() => keys.ReleaseAsync(scope, claim));
            throw;
        }
        finally
        {
            response.Body = client;
        }

        await SettleAsync(response, scope, claim, answer.ToArray());
        answer.Position = 0;
        await answer.CopyToAsync(client, context.RequestAborted);
    }

    /// <summary>A success is kept, a refusal forgotten; after any other answer the outcome is unknown, and the ids stay.</summary>
    private Task SettleAsync(HttpResponse response, string scope, IdempotencyClaim claim, byte[] body) => response.StatusCode switch
    {
        >= 200 and < 300 => TryAsync(() => keys.SaveAnswerAsync(scope, KeptAnswer.Of(response, body))),
        >= 400 and < 499 => TryAsync(() => keys.ReleaseAsync(scope, claim)),
        _ => Task.CompletedTask,
    };

    private Task RenewAsync(string scope, IdempotencyClaim claim) => TryAsync(() => keys.RenewAsync(scope, claim));

    private async Task TryAsync(Func<Task> keep)
    {
        try
        {
            await keep();
        }
        catch (StorageUnavailableException exception)
        {
            // What was asked for is done and durable, or refused; the same request again ends the same way.
            logger.LogWarning("The answer to an idempotency key can't be kept: {Reason}", exception.Message);
        }
    }
}
