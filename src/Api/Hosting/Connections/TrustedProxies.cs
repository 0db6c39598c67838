using BusIngest.Api.Configuration;
using Microsoft.AspNetCore.HttpOverrides;

namespace BusIngest.Api.Hosting;

/// <summary>Believes trusted proxies whose request it is and how it came, and sends people on to HTTPS.</summary>
internal static class TrustedProxies
{
    /// <summary>Where the proxy's word was kept that took its place.</summary>
    private const string Overruled = "X-Original-Proto";

    /// <summary>Takes X-Forwarded-For and X-Forwarded-Proto of the proxies that are named; does nothing where none is.</summary>
    public static void UseTrustedProxies(this IApplicationBuilder app, HttpSettings settings)
    {
        if (settings.TrustedProxies.Count == 0)
            return;

        // From one proxy to the next, as long as they are known.
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in settings.TrustedProxies)
            options.KnownIPNetworks.Add(proxy);
        app.UseForwardedHeaders(options);
    }

    /// <summary>Sends on who came to a trusted proxy by plain HTTP, where the public address is HTTPS.</summary>
    public static void UseHttpsRedirect(this IApplicationBuilder app, HttpSettings settings)
    {
        if (settings.TrustedProxies.Count == 0 || settings.PublicUrl is not { Scheme: "https" } url)
            return;

        app.Use((context, next) =>
        {
            var request = context.Request;
            if (request.IsHttps || !request.Headers.ContainsKey(Overruled) || request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase))
                return next(context);

            context.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
            context.Response.Headers.Location = new Uri(url, $"{request.Path.ToUriComponent()}{request.QueryString.ToUriComponent()}").AbsoluteUri;
            return Task.CompletedTask;
        });
    }
}
