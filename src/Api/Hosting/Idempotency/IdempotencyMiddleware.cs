using BusIngest.Api.Limits;
using BusIngest.Bus.Idempotency;

namespace BusIngest.Api.Hosting;

/// <summary>
/// A POST with an <c>Idempotency-Key</c> that came before gets the first answer again; with other values it gets 409. What a crash cut off before
/// it was answered is carried out again, under the same ids.
/// </summary>
internal static class IdempotencyMiddleware
{
    /// <summary>Reads keys from here on, once it is known who asks and that he may; and answers, before any limit, what was answered before.</summary>
    public static void UseKeys(this IApplicationBuilder app)
    {
        var keys = app.ApplicationServices.GetRequiredService<IdempotencyKeys>();
        var intake = app.ApplicationServices.GetRequiredService<BodyIntake>();
        app.Use((context, next) => KeyedRequest.Counts(context) ? ReadAsync(context, next, keys, intake) : next(context));
    }

    /// <summary>Carries keyed requests out, each once.</summary>
    public static void UseKeyedRequests(this IApplicationBuilder app)
    {
        var keyed = app.ApplicationServices.GetRequiredService<KeyedRequests>();
        app.Use((context, next) => context.Features.Get<KeyedRequest>() is { } request ? keyed.AnswerAsync(context, next, request) : next(context));
    }

    /// <summary>409 for a key that came with something else.</summary>
    public static Task RefuseOtherValuesAsync(HttpContext context) =>
        Problems.Conflict($"This {KeyedRequest.Header} came with another body or query before.").ExecuteAsync(context);

    private static async Task ReadAsync(HttpContext context, RequestDelegate next, IdempotencyKeys keys, BodyIntake intake)
    {
        if (KeyedRequest.KeyOf(context.Request) is not { } key)
        {
            await Problems.Validation(KeyedRequest.Header, "must be given once, with 1 to 255 visible ASCII characters").ExecuteAsync(context);
            return;
        }

        if (await intake.TakeAsync(context) is { } refusal)
        {
            await refusal.ExecuteAsync(context);
            return;
        }

        var request = await KeyedRequest.ReadAsync(context, key);
        // Only where there is a limit: elsewhere taking the key tells the same.
        if (context.GetEndpoint()!.Metadata.GetMetadata<LimitedRoute>() is null || await keys.FindAnswerAsync(request.Scope) is not { } kept)
        {
            context.Features.Set(request);
            await next(context);
        }
        else if (string.Equals(kept.Fingerprint, request.Fingerprint, StringComparison.Ordinal))
        {
            await context.Response.GiveAgainAsync(kept.Answer);
        }
        else
        {
            await RefuseOtherValuesAsync(context);
        }
    }
}
