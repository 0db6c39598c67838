using BusIngest.Api.Configuration;
using BusIngest.Api.Telemetry.Requests;

namespace BusIngest.Api.Telemetry.Slo;

/// <summary>The route `/slo`.</summary>
internal static class SloEndpoint
{
    private const int Digits = 6;

    /// <summary>Maps it.</summary>
    public static void MapSlo(this IEndpointRouteBuilder routes) => routes
        .MapGet("/slo", (RequestMeters requests, Settings settings) =>
            TypedResults.Json(Report(requests, settings.Telemetry.SloAvailability), SloJson.Default.SloReport))
        .WithTags("Operating")
        .Produces<SloReport>()
        .WithSummary("How each route of this process did in the last hour: latencies, error rate, target, error budget left");

    /// <summary>The report as of now.</summary>
    public static SloReport Report(RequestMeters requests, double availability) => new(
        (long)LatencyWindow.Length.TotalMilliseconds,
        [
            .. requests.Read()
                .Where(route => route.Summary.Requests > 0)
                .OrderBy(route => route.Route, StringComparer.Ordinal).ThenBy(route => route.Method, StringComparer.Ordinal)
                .Select(route => Judge(route.Method, route.Route, route.Summary, availability)),
        ]);

    /// <summary>Judges one route.</summary>
    public static RouteSlo Judge(string method, string route, LatencySummary summary, double availability)
    {
        var target = SloTargets.P99(method, route);
        var rate = (double)summary.Errors / summary.Requests;
        var left = 1 - (rate / (1 - availability));
        return new RouteSlo(
            $"{method} {route}",
            summary.Requests,
            Milliseconds(summary.P50),
            Milliseconds(summary.P95),
            Milliseconds(summary.P99),
            summary.Errors,
            Math.Round(rate, Digits),
            new SloTarget(availability, target.TotalMilliseconds),
            Math.Round(left, Digits),
            left >= 0 && summary.P99 <= target);
    }

    private static double Milliseconds(TimeSpan duration) => Math.Round(duration.TotalMilliseconds, 3);
}
