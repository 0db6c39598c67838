using BusIngest.Api.Configuration;
using BusIngest.Api.Hosting;
using BusIngest.Api.Telemetry.Requests;

namespace BusIngest.Api.Security;

/// <summary>
/// Keeps other sites' pages, open in a browser that can reach this service, from using it: a service without keys would do what any page asks for.
/// </summary>
internal static class BrowserGuard
{
    /// <summary>Refuses requests for a name that is not the service's, and writes of pages that are not its own or named in CORS_ORIGINS.</summary>
    public static void UseBrowserGuard(this IApplicationBuilder app, HttpSettings settings)
    {
        var names = new HostNames(settings);
        var origins = new HashSet<string>(settings.CorsOrigins, StringComparer.OrdinalIgnoreCase);
        var publicOrigin = settings.PublicUrl?.GetLeftPart(UriPartial.Authority);
        app.Use((context, next) =>
        {
            if (!names.Contains(context.Request.Host.Host))
                return Refuse(context, "host", "This is not a name of the service; ALLOWED_HOSTS names those that it has.");

            return IsForeignWrite(context.Request)
                ? Refuse(context, "origin", "Pages of other origins may not write here; CORS_ORIGINS names those that may.")
                : next(context);
        });

        bool IsForeignWrite(HttpRequest request)
        {
            if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
                return false;

            var origin = request.Headers.Origin is [{ } given] ? given : null;
            if (origin is not null && origins.Contains(origin))
                return false;

            // same-site is a page on another port of this machine, or on a neighbour's name.
            if (request.Headers.TryGetValue("Sec-Fetch-Site", out var site))
                return site is not ["same-origin"] and not ["none"];

            // Browsers leave Sec-Fetch-Site out over plain HTTP to another machine, but always tell a write's origin.
            return request.Headers.Origin.Count > 0 && (origin is null || !IsOwn(origin, request));
        }

        bool IsOwn(string origin, HttpRequest request) =>
            string.Equals(origin, publicOrigin, StringComparison.OrdinalIgnoreCase)
            || (Uri.TryCreate(origin, UriKind.Absolute, out var from)
                && Uri.TryCreate($"{from.Scheme}://{request.Host.Value}", UriKind.Absolute, out var to)
                && from.Authority.Equals(to.Authority, StringComparison.OrdinalIgnoreCase));
    }

    private static Task Refuse(HttpContext context, string what, string detail)
    {
        Refusals.Count(what);
        return Problems.Status(StatusCodes.Status403Forbidden, detail).ExecuteAsync(context);
    }
}
