using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace BusIngest.Bus.Storage.Postgres;

/// <summary>Healthy while PostgreSQL can be written. While it is away the process is degraded: what it accepts waits at the broker.</summary>
internal sealed class PostgresCheck(PostgresDatabase database) : IHealthCheck
{
    private const string IsReadOnly = "SELECT pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on'";

    /// <inheritdoc />
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var connection = await database.OpenAsync(cancellationToken);
            await using var look = new NpgsqlCommand(IsReadOnly, connection);
            if (await look.ExecuteScalarAsync(cancellationToken) is true)
                return HealthCheckResult.Degraded($"{database.Name} can be read, and not written: it is a standby, or set to read only.");
            return database.SchemaTrouble is { } trouble ? HealthCheckResult.Degraded(trouble) : HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Degraded(exception.Message, exception);
        }
    }
}
