using System.Security.Cryptography;
using System.Text;
using BusIngest.Api.Security;
using BusIngest.Bus.Idempotency;
using BusIngest.Bus.Storage;

namespace BusIngest.Api.Hosting;

/// <summary>
/// A POST with an <c>Idempotency-Key</c> that came before gets the first answer again; with another body it gets 409. What a
/// crash cut off before it was answered is carried out again, under the same ids.
/// </summary>
internal static class IdempotencyMiddleware
{
    private const string Header = "Idempotency-Key";
    private const int LongestKey = 255;

    /// <summary>Watches for keys from here on.</summary>
    public static void UseIdempotency(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (!HttpMethods.IsPost(context.Request.Method) || !context.Request.Headers.TryGetValue(Header, out var values))
            await next(context);
        else if (values is [{ Length: > 0 and <= LongestKey } key])
            await HandleAsync(context, next, key);
        else
            await Problems.Validation(Header, $"must be given once, with 1 to {LongestKey} characters").ExecuteAsync(context);
    });

    private static async Task HandleAsync(HttpContext context, RequestDelegate next, string clientKey)
    {
        var keys = context.RequestServices.GetRequiredService<IdempotencyKeys>();
        var key = Scope(context, clientKey);
        var body = await ReadBodyAsync(context.Request);
        var claim = await keys.ClaimAsync(key, Convert.ToHexString(SHA256.HashData(body.GetBuffer().AsSpan(0, (int)body.Length))));

        if (!claim.Matches)
            await Problems.Conflict($"This {Header} came with another body before.").ExecuteAsync(context);
        else if (claim.Answer is { } answer)
            await GiveAgainAsync(context.Response, answer);
        else
            await CarryOutAsync(context, next, keys, key, claim.Seed);
    }

    /// <summary>Keys are a client's own, whatever API key it has by now, and belong to one route.</summary>
    private static string Scope(HttpContext context, string key) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(
        $"{Caller.Of(context).Name}\n{context.Request.Path}{context.Request.QueryString}\n{key}")));

    private static async Task<MemoryStream> ReadBodyAsync(HttpRequest request)
    {
        var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        body.Position = 0;
        request.Body = body;
        return body;
    }

    private static async Task CarryOutAsync(HttpContext context, RequestDelegate next, IdempotencyKeys keys, string key, Guid seed)
    {
        context.Features.Set(new IdempotencySeed(seed));
        var response = context.Response;
        var client = response.Body;
        using var answer = new MemoryStream();
        response.Body = answer;
        try
        {
            await next(context);
        }
        finally
        {
            response.Body = client;
        }

        await TrySettleAsync(context, keys, key, answer);
        answer.Position = 0;
        await answer.CopyToAsync(client, context.RequestAborted);
    }

    /// <summary>A success is kept, a refusal forgotten; after any other answer the outcome is unknown, and the ids stay.</summary>
    private static async Task TrySettleAsync(HttpContext context, IdempotencyKeys keys, string key, MemoryStream answer)
    {
        var status = context.Response.StatusCode;
        try
        {
            if (status is >= 200 and < 300)
                await keys.SaveAnswerAsync(key, new IdempotentAnswer(status, answer.ToArray()));
            else if (status is >= 400 and < 500)
                await keys.ReleaseAsync(key);
        }
        catch (StorageUnavailableException exception)
        {
            // What was asked for is done and durable, or refused; the same request again ends the same way.
            context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(IdempotencyMiddleware))
                .LogWarning("The answer to an idempotency key can't be kept: {Reason}", exception.Message);
        }
    }

    private static async Task GiveAgainAsync(HttpResponse response, IdempotentAnswer answer)
    {
        response.StatusCode = answer.Status;
        response.ContentType = "application/json; charset=utf-8";
        response.Headers["Idempotent-Replayed"] = "true";
        await response.Body.WriteAsync(answer.Body, response.HttpContext.RequestAborted);
    }
}
