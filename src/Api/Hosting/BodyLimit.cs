using Microsoft.AspNetCore.Http.Features;

namespace BusIngest.Api.Hosting;

/// <summary>
/// Answers 413 to a body announced as too large, so that the client gets to read the answer: Kestrel alone closes the
/// connection under a client that is still sending, which then sees a broken pipe.
/// </summary>
internal static class BodyLimit
{
    /// <summary>The largest body in bytes that is still read, and dropped, for the client's sake.</summary>
    private const long MaxDrainedBytes = 64L << 20;

    /// <summary>Answers before anything reads the body; Kestrel reads the rest after the answer, for at most 5 s.</summary>
    public static void UseBodyLimit(this IApplicationBuilder app, long maxBodyBytes) => app.Use((context, next) =>
    {
        if (context.Request.ContentLength is not { } length || length <= maxBodyBytes)
            return next(context);

        if (length <= MaxDrainedBytes && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = length;

        return Problems.TooLarge(maxBodyBytes).ExecuteAsync(context);
    });
}
