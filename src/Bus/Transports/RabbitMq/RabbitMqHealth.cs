using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BusIngest.Bus.Transports.RabbitMq;

/// <summary>Degraded, and not unhealthy, while the broker is away: data is taken in all the same.</summary>
internal sealed class RabbitMqHealth(RabbitMqConnection connection) : IHealthCheck
{
    /// <inheritdoc />
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(connection.Trouble is { } trouble ? HealthCheckResult.Degraded(trouble) : HealthCheckResult.Healthy());
}
