using BusIngest.Bus.Supervision;

namespace BusIngest.Bus.Storage.Postgres;

/// <summary>Brings PostgreSQL up to date as soon as it can be reached: a process that accepts does not wait for the database to do so.
/// Until then, whatever asks for a table hears that the database is away.</summary>
internal sealed class MigrationsInTime(PostgresDatabase database, IServiceProvider services, Supervisor supervisor) : SupervisedService(supervisor, "migrations")
{
    /// <inheritdoc />
    protected override Task RunAsync(BackgroundLoop loop, CancellationToken stopping) =>
        loop.DoAsync(() => DatabaseMigrations.MigrateAsync(services, database, stopping));
}
