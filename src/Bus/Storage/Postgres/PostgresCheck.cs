using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BusIngest.Bus.Storage.Postgres;

/// <summary>Healthy while PostgreSQL can be written. While it is away the process is degraded: what it accepts waits at the broker.</summary>
internal sealed class PostgresCheck(PostgresDatabase database) : IHealthCheck
{
    private const string IsWritable = "SELECT 1 WHERE NOT pg_is_in_recovery()";

    /// <inheritdoc />
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var unit = new PostgresUnit(database);
            var batch = new PostgresBatch();
            batch.Add(IsWritable);
            await unit.ExecuteAsync(batch, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (StorageUnavailableException exception)
        {
            return HealthCheckResult.Degraded(exception.Message, exception);
        }
    }
}
