using BusIngest.Api.Configuration;
using BusIngest.Api.Hosting;

namespace BusIngest.Api.Security;

/// <summary>
/// With keys configured, lets in only requests with one of them, and only to what it is good for; /health and what is below it are open. The
/// key comes in X-API-Key, or as a bearer token, which is all that Prometheus can send; a browser that logged in has a session instead.
/// </summary>
internal static class ApiKeys
{
    /// <summary>The header that carries the key.</summary>
    public const string Header = "X-API-Key";

    private const string Bearer = "Bearer ";

    /// <summary>Asks for a key from here on; does nothing without keys.</summary>
    public static void UseApiKeys(this IApplicationBuilder app, IReadOnlyList<ApiKey> keys)
    {
        if (keys.Count == 0)
            return;

        var sessions = app.ApplicationServices.GetRequiredService<BrowserSessions>();
        var wrong = app.ApplicationServices.GetRequiredService<WrongKeys>();
        var revoked = app.ApplicationServices.GetRequiredService<RevokedKeys>();
        app.Use((context, next) =>
        {
            if (IsOpen(context.Request.Path))
                return next(context);
            if (Given(context.Request.Headers) is not { Length: > 0 } given)
                return AdmitSessionAsync(context, next, sessions, revoked);
            if (Find(given, keys) is { } key)
                return AdmitHolderAsync(context, next, key, revoked);

            wrong.Note(context, "A request");
            return Refuse(context);
        });
    }

    private static Task AdmitHolderAsync(HttpContext context, RequestDelegate next, ApiKey key, RevokedKeys revoked) =>
        HttpMethods.IsGet(context.Request.Method) && revoked.Until(key) is { CanBeCanceled: true } gone
            ? AdmitUntilAsync(context, next, key, gone, CancellationToken.None)
            : AdmitAsync(context, next, key);

    private static async Task AdmitSessionAsync(HttpContext context, RequestDelegate next, BrowserSessions sessions, RevokedKeys revoked)
    {
        if (await sessions.FindAsync(context.Request) is not { } session)
        {
            await (BrowserSessions.IsForPeople(context.Request) ? BrowserSessions.AskAsync(context) : Refuse(context));
            return;
        }

        if (!BrowserSessions.Suffices(context.Request))
        {
            await Refuse(context);
            return;
        }

        await AdmitUntilAsync(context, next, session.Key, revoked.Until(session.Key), sessions.Until(session));
    }

    /// <summary>A stream ends with its session and with its key.</summary>
    private static async Task AdmitUntilAsync(HttpContext context, RequestDelegate next, ApiKey key, CancellationToken gone, CancellationToken over)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, gone, over);
        context.RequestAborted = end.Token;
        await AdmitAsync(context, next, key);
    }

    private static Task AdmitAsync(HttpContext context, RequestDelegate next, ApiKey key)
    {
        var caller = new Caller(key.Name, key.Scopes);
        var needed = RouteScopes.NeededBy(context);
        if (!caller.May(needed))
            return Forbid(context, caller, needed);

        context.Features.Set(caller);
        return next(context);
    }

    private static bool IsOpen(PathString path) =>
        path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase) || BrowserSessions.IsOpen(path);

    private static ApiKey? Find(string given, IReadOnlyList<ApiKey> keys)
    {
        // Every key is compared, so that the time taken does not tell which one came close.
        var hash = ApiKey.Hash(given);
        ApiKey? found = null;
        foreach (var key in keys)
        {
            if (key.Matches(hash))
                found = key;
        }

        return found;
    }

    private static string? Given(IHeaderDictionary headers)
    {
        if (headers.TryGetValue(Header, out var values))
            return values is [{ } key] ? key : null;

        return headers.Authorization is [{ } token] && token.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? token[Bearer.Length..].Trim() : null;
    }

    private static Task Refuse(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "ApiKey";
        return Problems.Status(StatusCodes.Status401Unauthorized, $"A valid {Header} header is needed.").ExecuteAsync(context);
    }

    private static Task Forbid(HttpContext context, Caller caller, AccessScopes needed) => Problems
        .Status(StatusCodes.Status403Forbidden, $"The key of {caller.Name} is good for {caller.Scopes.Written()}, and this needs {needed.Written()}.")
        .ExecuteAsync(context);
}
