using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BusIngest.Bus.Storage;

/// <summary>Healthy while a SQLite file has its name, was not found damaged, and can be written. After a failure it tries itself, so that it sees the recovery though nobody else writes.</summary>
internal sealed class WritableCheck(SqliteDatabase database) : IHealthCheck
{
    /// <inheritdoc />
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (database.Trouble is { } trouble)
            return HealthCheckResult.Unhealthy(trouble);
        if (database.Writer.ConsecutiveFailures == 0)
            return HealthCheckResult.Healthy();

        try
        {
            await database.Writer.WriteAsync(1, Touch, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (StorageUnavailableException exception)
        {
            return HealthCheckResult.Unhealthy(exception.Message, exception);
        }
    }

    private static bool Touch(SqliteSession session)
    {
        // Writes the header page, and changes nothing.
        session.Execute("PRAGMA user_version = 0");
        return true;
    }
}
