using BusIngest.Bus.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BusIngest.Workers.Cars.Seeding;

/// <summary>Where several processes generate, each hears by the database how one of them was steered.</summary>
internal sealed class SeederWatch(SeederControl control, IMainDatabase database, TimeProvider time, ILogger<SeederWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // On SQLite there is no other process.
        if (!database.IsPostgres)
            return;

        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await control.LoadAsync(stoppingToken);
            }
            catch (StorageUnavailableException exception)
            {
                logger.LogDebug(exception, "The generator goes on as it was last steered");
            }
        }
    }
}
