using BusIngest.Api.Configuration;

namespace BusIngest.Api.Hosting;

/// <summary>With keys configured, lets in only requests with one of them in X-API-Key; /health and what is below it are open.</summary>
internal static class ApiKeys
{
    /// <summary>The header that carries the key.</summary>
    public const string Header = "X-API-Key";

    /// <summary>Asks for a key from here on; does nothing without keys.</summary>
    public static void UseApiKeys(this IApplicationBuilder app, IReadOnlyList<ApiKey> keys)
    {
        if (keys.Count == 0)
            return;

        app.Use((context, next) => IsOpen(context.Request.Path) || IsKnown(context, keys) ? next(context) : Refuse(context));
    }

    private static bool IsOpen(PathString path) => path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase);

    private static bool IsKnown(HttpContext context, IReadOnlyList<ApiKey> keys)
    {
        if (context.Request.Headers[Header] is not [{ Length: > 0 } given])
            return false;

        // Every key is compared, so that the time taken does not tell which one came close.
        var hash = ApiKey.Hash(given);
        var isKnown = false;
        foreach (var key in keys)
            isKnown |= key.Matches(hash);

        return isKnown;
    }

    private static Task Refuse(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "ApiKey";
        return Problems.Status(StatusCodes.Status401Unauthorized, $"A valid {Header} header is needed.").ExecuteAsync(context);
    }
}
