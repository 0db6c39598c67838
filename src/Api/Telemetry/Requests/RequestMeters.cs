using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using BusIngest.Api.Telemetry.Slo;
using BusIngest.Bus.Telemetry;

namespace BusIngest.Api.Telemetry.Requests;

/// <summary>Measures requests by route: for metrics, and for the targets.</summary>
internal sealed class RequestMeters(TimeProvider time)
{
    /// <summary>The route of what none is mapped for; clients can make up any number of addresses.</summary>
    public const string NoRoute = "none";

    private const int FirstServerError = 500;
    private const string OtherMethod = "OTHER";

    private static readonly Histogram<double> Duration = Meters.Seconds(
        "busingest.http.duration", "A request, from its headers to the end of its answer; streams aside", Meters.Durations);

    private static readonly UpDownCounter<long> Active = Meters.Shared.CreateUpDownCounter<long>(
        "busingest.http.active", description: "Requests that are being answered, streams among them");

    private readonly ConcurrentDictionary<(string Method, string Route), RouteMeter> _routes = new();

    /// <summary>The meter of a method and a route.</summary>
    /// <param name="method">As the client wrote it.</param>
    /// <param name="pattern">The route as it is mapped; null: none is.</param>
    public RouteMeter Of(string method, string? pattern) =>
        _routes.GetOrAdd((Known(method), pattern ?? NoRoute), static (key, time) => new RouteMeter(key.Method, Written(key.Route), time), time);

    /// <summary>A request begins.</summary>
    public static void Begin() => Active.Add(1);

    /// <summary>A request is over.</summary>
    public static void End() => Active.Add(-1);

    /// <summary>Counts a request that was answered.</summary>
    public static void Add(RouteMeter route, int status, TimeSpan duration)
    {
        Duration.Record(duration.TotalSeconds, route.Tags(status));
        route.Window.Add(duration, status >= FirstServerError);
    }

    /// <summary>What the last hour's requests come to, by route.</summary>
    public IEnumerable<(string Method, string Route, LatencySummary Summary)> Read() =>
        _routes.Values.Where(route => !IsOwn(route.Route)).Select(route => (route.Method, route.Route, route.Window.Read()));

    /// <summary>Routes that nobody has targets for.</summary>
    private static bool IsOwn(string route) =>
        route is NoRoute or "/" or "/metrics" || route.StartsWith("/health", StringComparison.Ordinal) || route.StartsWith("/openapi", StringComparison.Ordinal);

    private static string Written(string route) => string.Equals(route, NoRoute, StringComparison.Ordinal) ? route : $"/{route.Trim('/')}";

    private static string Known(string method) =>
        HttpMethods.IsGet(method) ? HttpMethods.Get
        : HttpMethods.IsPost(method) ? HttpMethods.Post
        : HttpMethods.IsPut(method) ? HttpMethods.Put
        : HttpMethods.IsDelete(method) ? HttpMethods.Delete
        : HttpMethods.IsHead(method) ? HttpMethods.Head
        : HttpMethods.IsPatch(method) ? HttpMethods.Patch
        : HttpMethods.IsOptions(method) ? HttpMethods.Options
        : OtherMethod;
}
