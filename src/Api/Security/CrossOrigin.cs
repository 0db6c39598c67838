using BusIngest.Api.Configuration;

namespace BusIngest.Api.Security;

/// <summary>Lets pages of the origins that are named in CORS_ORIGINS read and write, with a key: cookies are not sent along.</summary>
internal static class CrossOrigin
{
    private static readonly TimeSpan PreflightAge = TimeSpan.FromMinutes(10);
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head, HttpMethods.Post, HttpMethods.Put, HttpMethods.Delete];

    /// <summary>What a page may send.</summary>
    private static readonly string[] Sent =
        ["Content-Type", "Content-Encoding", "Accept", "Authorization", ApiKeys.Header, "Idempotency-Key", "If-Match", "If-None-Match", "Last-Event-ID", "traceparent"];

    /// <summary>What a page gets to see.</summary>
    private static readonly string[] Shown =
        ["Retry-After", "RateLimit", "RateLimit-Policy", "Location", "ETag", "Idempotent-Replayed", "WWW-Authenticate", "Accept-Encoding"];

    /// <summary>Answers preflights, and marks answers, from here on; does nothing where no origin is named.</summary>
    public static void UseCrossOrigin(this IApplicationBuilder app, HttpSettings settings)
    {
        if (settings.CorsOrigins.Count == 0)
            return;

        app.UseCors(policy => policy
            .WithOrigins([.. settings.CorsOrigins])
            .WithMethods(Methods)
            .WithHeaders(Sent)
            .WithExposedHeaders(Shown)
            .SetPreflightMaxAge(PreflightAge));
    }
}
