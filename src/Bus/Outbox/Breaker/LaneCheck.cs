using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BusIngest.Bus.Outbox.Breaker;

/// <summary>Degraded while the lane is not in use: everything goes to the fallback, and nothing is refused.</summary>
internal sealed class LaneCheck(LaneBreaker breaker, IPrimaryLane lane) : IHealthCheck
{
    /// <inheritdoc />
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(breaker.Circuit == Circuit.Closed
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded($"{lane.Name} is {(breaker.IsIsolated ? "isolated by hand" : "away")}; the inbox takes its place.{Reason}"));

    private string Reason => (lane.Trouble ?? breaker.Trouble) is { } reason && !breaker.IsIsolated ? $" {reason}" : "";
}
