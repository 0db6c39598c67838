using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BusIngest.Bus.Storage.Postgres;

/// <summary>Brings PostgreSQL up to date as soon as it can be reached: a process that accepts does not wait for the database to do so.
/// Until then, whatever asks for a table hears that the database is away.</summary>
internal sealed class MigrationsInTime(
    PostgresDatabase database, IServiceProvider services, TimeProvider time, ILogger<MigrationsInTime> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await DatabaseMigrations.MigrateAsync(services, database, stoppingToken);
                return;
            }
            catch (StorageUnavailableException exception)
            {
                logger.LogWarning("The database is not up to date yet: {Reason}", exception.Message);
            }

            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
