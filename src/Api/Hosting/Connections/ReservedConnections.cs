namespace BusIngest.Api.Hosting;

/// <summary>Answers what comes on a reserved place: `/health`, and for anything else when to come back.</summary>
internal static class ReservedConnections
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>Looks at requests from here on.</summary>
    public static void UseReservedConnections(this IApplicationBuilder app)
    {
        var gate = app.ApplicationServices.GetRequiredService<ConnectionGate>();
        app.Use((context, next) =>
        {
            if (gate.OpenReserved == 0 || context.Features.Get<ReservedPlaces.Reserved>() is null)
                return next(context);

            context.Response.Headers.Connection = "close";
            return context.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase)
                ? next(context)
                : Refuse(context);
        });
    }

    private static Task Refuse(HttpContext context)
    {
        Telemetry.Requests.Refusals.Count("connection");
        return Problems.Unavailable(context.Response, "Too many connections are open, altogether or from this address.", RetryAfter).ExecuteAsync(context);
    }
}
