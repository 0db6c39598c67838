using System.Collections.Frozen;
using BusIngest.Api.Configuration;

namespace BusIngest.Api.Security;

/// <summary>Which scope a route needs: a look needs `read`, and all else `write`, but for the routes named here, which steer the service.</summary>
internal static class RouteScopes
{
    private static readonly FrozenSet<string> Operated = FrozenSet.ToFrozenSet(
        [
            "cars/seeder", "cars/seeder/start", "cars/seeder/stop",
            "outbox/isolate", "outbox/close",
            "pedidos/cancel", "pedidos/reset",
            "pedidos/queue/pause", "pedidos/queue/resume", "pedidos/queue/close", "pedidos/queue/clean",
            "pedidos/queue/purge", "pedidos/queue/retry-failed", "pedidos/queue/recover-stuck",
            "sync/runs/{runId}/pause", "sync/runs/{runId}/resume", "sync/runs/{runId}/cancel",
            "sync/sources/{source}/pace/clear",
            "messages/failed/retry", "messages/failed/{id}/retry", "messages/failed/{id}",
        ],
        StringComparer.Ordinal);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> ByPattern = Operated.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The routes that need `operate`, when they are not only looked at; without a slash before them.</summary>
    public static IEnumerable<string> Operating => Operated;

    /// <summary>What a request needs.</summary>
    public static AccessScopes NeededBy(HttpContext context) =>
        NeededBy(context.Request.Method, (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText);

    /// <summary>What a route needs.</summary>
    /// <param name="method">The method.</param>
    /// <param name="pattern">The route as it is mapped; null: there is none.</param>
    public static AccessScopes NeededBy(string method, string? pattern)
    {
        if (HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method))
            return AccessScopes.Read;

        return pattern is not null && ByPattern.Contains(pattern.AsSpan().Trim('/')) ? AccessScopes.Operate : AccessScopes.Write;
    }
}
