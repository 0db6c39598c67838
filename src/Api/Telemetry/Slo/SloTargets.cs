namespace BusIngest.Api.Telemetry.Slo;

/// <summary>What each route is to keep to.</summary>
internal static class SloTargets
{
    /// <summary>A decision over the bus is asked for, and may have to wait for its turn.</summary>
    private static readonly TimeSpan Decision = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Acceptance = TimeSpan.FromMilliseconds(100);

    /// <summary>What only goes into the outbox.</summary>
    private static readonly HashSet<string> Accepting = new(StringComparer.Ordinal) { "/cars", "/events", "/api/v1/timer" };

    /// <summary>How long 99 of a hundred requests of a route may take.</summary>
    public static TimeSpan P99(string method, string route)
    {
        if (HttpMethods.IsGet(method) || HttpMethods.IsHead(method))
            return Look;

        return HttpMethods.IsPost(method) && Accepting.Contains(route) ? Acceptance : Decision;
    }
}
