namespace BusIngest.Api.Security;

/// <summary>Tells browsers what they may do with an answer: hardly anything with data, and with a page only what comes from here.</summary>
internal static class SecurityHeaders
{
    private const string DataPolicy = "default-src 'none'; frame-ancestors 'none'";

    /// <summary>Styles may stand in the page: the API's own page, and what draws charts, put them there.</summary>
    private const string PagePolicy =
        "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'self'; form-action 'self'; "
        + "frame-ancestors 'none'";

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
        if (Is(response.ContentType, "text/html"))
        {
            headers.ContentSecurityPolicy = PagePolicy;
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
