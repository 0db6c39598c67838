using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BusIngest.Bus.Redis;

/// <summary>Degraded while no master is in use: the outbox then falls back, and what lives in Redis waits.</summary>
internal sealed class RedisHealthCheck(RedisMaster master) : IHealthCheck
{
    /// <inheritdoc />
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(master.Unavailable is { } reason ? HealthCheckResult.Degraded(reason) : HealthCheckResult.Healthy(master.Endpoint));
}
