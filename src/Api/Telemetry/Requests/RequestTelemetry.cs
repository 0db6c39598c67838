using System.Diagnostics;

namespace BusIngest.Api.Telemetry.Requests;

/// <summary>Measures every request, and names its span by its route. It stands before everything else, and sees what a client gets.</summary>
internal static class RequestTelemetry
{
    private const int ClientClosed = 499;
    private const string Stream = "text/event-stream";

    /// <summary>Measures from here on.</summary>
    public static void UseRequestTelemetry(this IApplicationBuilder app)
    {
        var meters = app.ApplicationServices.GetRequiredService<RequestMeters>();
        var time = app.ApplicationServices.GetRequiredService<TimeProvider>();
        app.Use(async (context, next) =>
        {
            // Taken before: an exception's answer forgets the route.
            var route = meters.Of(context.Request.Method, (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText);
            var span = Activity.Current;
            var begun = time.GetTimestamp();
            RequestMeters.Begin();
            if (span is not null)
                Name(span, route, context);
            try
            {
                await next(context);
            }
            finally
            {
                RequestMeters.End();
                var status = context.RequestAborted.IsCancellationRequested && !context.Response.HasStarted ? ClientClosed : context.Response.StatusCode;
                if (context.Response.ContentType?.StartsWith(Stream, StringComparison.Ordinal) != true)
                    RequestMeters.Add(route, status, time.GetElapsedTime(begun));
                if (span?.IsAllDataRequested == true)
                    Close(span, status);
            }
        });
    }

    private static void Name(Activity span, RouteMeter route, HttpContext context)
    {
        if (!span.IsAllDataRequested)
            return;

        // Nobody wants to see that somebody looked.
        if (route.Route is "/metrics" || route.Route.StartsWith("/health", StringComparison.Ordinal))
        {
            span.IsAllDataRequested = false;
            span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            return;
        }

        span.DisplayName = route.SpanName;
        // Neither the query nor headers: a client may have put anything there.
        span.SetTag("http.request.method", route.Method).SetTag("http.route", route.Route).SetTag("url.scheme", context.Request.Scheme);
    }

    private static void Close(Activity span, int status)
    {
        span.SetTag("http.response.status_code", status);
        if (status >= StatusCodes.Status500InternalServerError)
            span.SetStatus(ActivityStatusCode.Error);
    }
}
