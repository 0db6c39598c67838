using BusIngest.Api.Configuration;
using BusIngest.Api.Hosting;

namespace BusIngest.Api.Security;

/// <summary>
/// Keeps other sites' pages, open in a browser that can reach this service, from using it: a service without keys on
/// loopback would do what any page asks for.
/// </summary>
internal static class BrowserGuard
{
    /// <summary>Refuses foreign pages' writes and, on loopback, requests for a name that was made to point here.</summary>
    public static void UseBrowserGuard(this IApplicationBuilder app, Settings settings)
    {
        var isLocal = settings.ApiKeys.Count == 0 && !settings.Anonymous;
        app.Use((context, next) =>
        {
            if (IsCrossSiteWrite(context.Request))
                return Refuse(context, "Pages of other sites may not write here.");

            return isLocal && !IsLocalName(context.Request.Host.Host)
                ? Refuse(context, "Only localhost is answered without AUTH_API_KEYS or AUTH_ANONYMOUS=true.")
                : next(context);
        });
    }

    private static bool IsCrossSiteWrite(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
            return false;

        // Browsers leave Sec-Fetch-Site out over plain HTTP to another machine, but always tell a write's origin.
        if (request.Headers["Sec-Fetch-Site"] is [{ } site])
            return site is "cross-site";

        return request.Headers.Origin is [{ } origin]
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var from)
                && Uri.TryCreate($"{from.Scheme}://{request.Host.Value}", UriKind.Absolute, out var to)
                && from.Authority.Equals(to.Authority, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A browser that was fooled by DNS (rebinding) still sends the name of the foreign site.</summary>
    private static bool IsLocalName(string host) => host.Length == 0 || BindRules.IsLoopback(host.Trim('[', ']').ToLowerInvariant());

    private static Task Refuse(HttpContext context, string detail) =>
        Problems.Status(StatusCodes.Status403Forbidden, detail).ExecuteAsync(context);
}
