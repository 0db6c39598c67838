using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BusIngest.Bus.Progress;

/// <summary>Degraded while a relay, pump or deliverer has work and moves nothing.</summary>
internal sealed class WorkCheck(WorkWatch watch) : IHealthCheck
{
    /// <inheritdoc />
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(watch.Troubles is { Count: > 0 } troubles ? HealthCheckResult.Degraded(string.Join(' ', troubles)) : HealthCheckResult.Healthy());
}
