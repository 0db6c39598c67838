using BusIngest.Bus.Copies;
using BusIngest.Bus.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BusIngest.Bus.Mongo;

/// <summary>Degraded while MongoDB is away from this process, or the copies are far behind.</summary>
internal sealed class MongoHealthCheck(MongoServer server, CopyLags lags, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan FarBehind = TimeSpan.FromMinutes(1);

    /// <inheritdoc />
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (server.Unavailable is { } reason)
            return HealthCheckResult.Degraded(reason);

        try
        {
            var now = time.GetUtcNow();
            var late = (await lags.ReadAsync(cancellationToken)).Where(lag => lag.Age(now) > FarBehind).ToList();
            return late.Count == 0
                ? HealthCheckResult.Healthy(server.Name)
                : HealthCheckResult.Degraded(string.Join("; ", late.Select(lag => $"{lag.Collection} is {lag.Documents} documents behind")));
        }
        catch (StorageUnavailableException exception)
        {
            return HealthCheckResult.Degraded(exception.Message);
        }
    }
}
