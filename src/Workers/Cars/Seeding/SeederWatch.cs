using BusIngest.Bus.Storage;
using BusIngest.Bus.Supervision;

namespace BusIngest.Workers.Cars.Seeding;

/// <summary>Where several processes generate, each hears by the database how one of them was steered.</summary>
internal sealed class SeederWatch(SeederControl control, IMainDatabase database, Supervisor supervisor) : SupervisedService(supervisor, "seeder-watch")
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    protected override Task RunAsync(BackgroundLoop loop, CancellationToken stopping) =>
        // On SQLite there is no other process.
        database.IsPostgres ? loop.EveryAsync(Period, control.LoadAsync, stopping, atOnce: false) : Task.CompletedTask;
}
