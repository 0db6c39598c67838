using System.Collections.Concurrent;
using System.Globalization;
using BusIngest.Api.Telemetry.Slo;

namespace BusIngest.Api.Telemetry.Requests;

/// <summary>Measures the requests of one method of one route.</summary>
internal sealed class RouteMeter(string method, string route, TimeProvider time)
{
    private readonly ConcurrentDictionary<int, KeyValuePair<string, object?>[]> _tags = new();

    /// <summary>The method.</summary>
    public string Method => method;

    /// <summary>The route as it is mapped.</summary>
    public string Route => route;

    /// <summary>Its requests of the last hour.</summary>
    public LatencyWindow Window { get; } = new(time);

    /// <summary>The name of its spans.</summary>
    public string SpanName { get; } = $"{method} {route}";

    /// <summary>The tags of its requests with one status.</summary>
    public KeyValuePair<string, object?>[] Tags(int status) => _tags.GetOrAdd(status, static (status, of) =>
    [
        new("method", of.Method), new("route", of.Route), new("status", status.ToString(CultureInfo.InvariantCulture)),
    ], this);
}
