using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BusIngest.Api.Hosting;

/// <summary>/health shows all checks, /health/ready those tagged <see cref="ReadyTag"/>, /health/live none. Degraded is still 200.</summary>
public static class Health
{
    /// <summary>The tag of checks that a process must pass to be given work.</summary>
    public const string ReadyTag = "ready";

    /// <summary>Maps the routes; uptime counts from here.</summary>
    internal static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var time = routes.ServiceProvider.GetRequiredService<TimeProvider>();
        var started = time.GetTimestamp();
        routes.MapHealthChecks("/health", Options(_ => true));
        routes.MapHealthChecks("/health/live", Options(_ => false));
        routes.MapHealthChecks("/health/ready", Options(check => check.Tags.Contains(ReadyTag)));

        HealthCheckOptions Options(Func<HealthCheckRegistration, bool> predicate) => new()
        {
            Predicate = predicate,
            ResponseWriter = (context, report) => context.Response.WriteAsJsonAsync(
                new HealthStatusBody(
                    Name(report.Status),
                    time.GetUtcNow().UtcDateTime,
                    (long)time.GetElapsedTime(started).TotalMilliseconds,
                    report.Entries.ToDictionary(entry => entry.Key, entry => Name(entry.Value.Status), StringComparer.Ordinal),
                    Reasons(report)),
                context.RequestAborted),
        };
    }

    private static Dictionary<string, string>? Reasons(HealthReport report)
    {
        var reasons = report.Entries
            .Where(entry => entry.Value.Status != HealthStatus.Healthy)
            .Select(entry => (entry.Key, Reason: entry.Value.Description ?? entry.Value.Exception?.Message))
            .Where(entry => entry.Reason is not null)
            .ToDictionary(entry => entry.Key, entry => entry.Reason!, StringComparer.Ordinal);
        return reasons.Count > 0 ? reasons : null;
    }

    private static string Name(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Degraded => "degraded",
        _ => "unhealthy",
    };
}
