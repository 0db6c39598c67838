namespace BusIngest.Api.Security;

/// <summary>Tells browsers what they may do with an answer: hardly anything with data, and with a page only what comes from here.</summary>
internal static class SecurityHeaders
{
    private const string DataPolicy = "default-src 'none'; frame-ancestors 'none'";

    private const string PagePolicy =
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>The API's own page puts styles into itself.</summary>
    private const string DocsPolicy = PagePolicy + "; style-src 'self' 'unsafe-inline'";

    private const string AYearOfHttps = "max-age=31536000";

    /// <summary>Sets them on every answer from here on.</summary>
    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        // On starting, since answering an exception clears the headers set before.
        context.Response.OnStarting(Set, context.Response);
        return next(context);
    });

    private static Task Set(object state)
    {
        var response = (HttpResponse)state;
        var headers = response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        // Not for localhost, whose other ports would be bound by it, too.
        if (response.HttpContext.Request is { IsHttps: true, Host.Host: not "localhost" })
            headers.StrictTransportSecurity = AYearOfHttps;
        if (Is(response.ContentType, "text/html"))
        {
            headers.ContentSecurityPolicy =
                response.HttpContext.Request.Path.StartsWithSegments("/docs", StringComparison.OrdinalIgnoreCase) ? DocsPolicy : PagePolicy;
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
            return Task.CompletedTask;
        }

        headers.ContentSecurityPolicy = DataPolicy;
        if (headers.CacheControl.Count == 0 && (Is(response.ContentType, "application/") || Is(response.ContentType, "text/plain") || Is(response.ContentType, "text/csv")))
            headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }

    private static bool Is(string? contentType, string beginning) => contentType?.StartsWith(beginning, StringComparison.OrdinalIgnoreCase) == true;
}
