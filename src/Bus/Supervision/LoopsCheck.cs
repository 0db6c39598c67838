using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BusIngest.Bus.Supervision;

/// <summary>Healthy while every background loop that has something to do gets it done.</summary>
internal sealed class LoopsCheck(Supervisor supervisor) : IHealthCheck
{
    /// <inheritdoc />
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var troubled = supervisor.Troubled.Select(Describe).ToList();
        return Task.FromResult(troubled.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded(string.Join(' ', troubled)));
    }

    private static string Describe(BackgroundLoop loop) =>
        $"{loop.Name} has got nothing done for {loop.Owing.TotalSeconds:0} s: {loop.Trouble ?? "it is still at one step."}";
}
