using BusIngest.Bus.Delivery;
using BusIngest.Bus.Sagas;
using BusIngest.Bus.Scheduling;
using BusIngest.Bus.Storage;
using BusIngest.Bus.Storage.Postgres;
using BusIngest.Support.Servers;
using BusIngest.Workers.Cars;
using BusIngest.Workers.Events.Storing;
using BusIngest.Workers.Sync.Storing;
using BusIngest.Workers.Timers.Attempts;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Integration.Postgres;

/// <summary>The migrations are written by hand; here they are held against the models.</summary>
public sealed class SchemaTests(SharedServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task Should_migrate_the_deliveries_to_their_model() => AssertSameAsync(database => new DeliveryContext(database));

    [Fact]
    public Task Should_migrate_the_schedule_to_its_model() => AssertSameAsync(database => new SchedulingContext(database));

    [Fact]
    public Task Should_migrate_the_sagas_to_their_model() => AssertSameAsync(database => new SagasContext(database));

    [Fact]
    public Task Should_migrate_the_cars_to_their_model() => AssertSameAsync(database => new CarsContext(database));

    [Fact]
    public Task Should_migrate_what_is_pulled_to_its_model() => AssertSameAsync(database => new SyncContext(database));

    [Fact]
    public Task Should_migrate_the_events_to_their_model() => AssertSameAsync(database => new EventsContext(database));

    [Fact]
    public Task Should_migrate_the_timers_to_their_model() => AssertSameAsync(
        database => new TimersContext(database), database => new SagasContext(database), "sagas", "saga_transitions");

    [Fact]
    public async Task Should_let_several_processes_migrate_at_the_same_moment()
    {
        await using var scratch = await servers.DatabaseAsync(Token);
        var databases = Enumerable.Range(0, 6).Select(_ => Open(scratch)).ToList();

        await Task.WhenAll(databases.Select(database => Task.Run(() => MigrateAsync(database), Token)));

        Assert.Contains(await PostgresSchema.DescribeAsync(scratch.ConnectionString, Token), line => line.StartsWith("column|cars|", StringComparison.Ordinal));
        foreach (var database in databases)
            await database.DisposeAsync();
    }

    [Fact]
    public async Task Should_not_wait_for_the_lock_where_nothing_is_missing()
    {
        await using var scratch = await servers.DatabaseAsync(Token);
        await using var database = Open(scratch);
        await MigrateAsync(database);

        // A process that stands still while it migrates.
        await using var holder = await database.OpenAsync(Token);
        await using var command = new Npgsql.NpgsqlCommand("SELECT pg_advisory_lock(1651864425)", holder);
        await command.ExecuteNonQueryAsync(Token);

        await MigrateAsync(database).WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, Token);
    }

    private static PostgresDatabase Open(ScratchDatabase scratch) => new(new PostgresOptions { ConnectionString = scratch.Url });

    private static async Task MigrateAsync(PostgresDatabase database)
    {
        DatabaseContext[] parts = [new DeliveryContext(database), new SchedulingContext(database), new SagasContext(database), new CarsContext(database)];
        await database.MigrateAsync(parts, Token);
        foreach (var part in parts)
            await part.DisposeAsync();
    }

    /// <summary>Migrates a part in one database, creates it in another, and compares them.</summary>
    private async Task AssertSameAsync(
        Func<IMainDatabase, DatabaseContext> part, Func<IMainDatabase, DatabaseContext>? before = null, params string[] tablesBefore)
    {
        await using var migrated = await servers.DatabaseAsync(Token);
        await using var created = await servers.DatabaseAsync(Token);
        await using (var database = Open(migrated))
        {
            foreach (var make in new[] { before, part })
            {
                if (make is null)
                    continue;
                await using var context = make(database);
                await database.MigrateAsync([context], Token);
            }
        }

        await using (var database = Open(created))
        await using (var context = part(database))
            await context.Database.EnsureCreatedAsync(Token);

        var wanted = await PostgresSchema.DescribeAsync(created.ConnectionString, Token);
        var found = await PostgresSchema.DescribeAsync(migrated.ConnectionString, Token);
        Assert.NotEmpty(wanted);
        Assert.Equal(string.Join("\n", wanted), string.Join("\n", found.Where(line => !tablesBefore.Contains(line.Split('|')[1], StringComparer.Ordinal))));
    }
}
