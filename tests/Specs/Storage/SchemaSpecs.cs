using BusIngest.Bus.Delivery;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Sagas;
using BusIngest.Bus.Scheduling;
using BusIngest.Bus.Storage;
using BusIngest.Readings;
using BusIngest.Workers.Cars;
using BusIngest.Workers.Events.Storing;
using BusIngest.Workers.Sync.Storing;
using BusIngest.Workers.Timers.Attempts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace BusIngest.Specs.Storage;

/// <summary>The migrations are written by hand; here they are held against the models.</summary>
public sealed class SchemaSpecs : Spec
{
    [Fact]
    public Task Should_migrate_the_inbox_to_its_model() => AssertSameAsync(directory =>
    {
        var database = Own(new InboxDatabase(directory, NullLogger<InboxDatabase>.Instance));
        return (new InboxContext(database), database);
    });

    [Fact]
    public Task Should_migrate_the_deliveries_to_their_model() => AssertSameAsync(directory =>
    {
        var database = Main(directory);
        return (new DeliveryContext(database), database);
    });

    [Fact]
    public Task Should_migrate_the_schedule_to_its_model() => AssertSameAsync(directory =>
    {
        var database = Main(directory);
        return (new SchedulingContext(database), database);
    });

    [Fact]
    public Task Should_migrate_the_sagas_to_their_model() => AssertSameAsync(directory =>
    {
        var database = Main(directory);
        return (new SagasContext(database), database);
    });

    [Fact]
    public Task Should_migrate_the_cars_to_their_model() => AssertSameAsync(directory =>
    {
        var database = Main(directory);
        return (new CarsContext(database), database);
    });

    [Fact]
    public Task Should_migrate_the_timers_to_their_model() => AssertSameAsync(directory =>
    {
        var database = Main(directory);
        return (new TimersContext(database), database);
    });

    [Fact]
    public Task Should_migrate_what_is_pulled_to_its_model() => AssertSameAsync(directory =>
    {
        var database = Main(directory);
        return (new SyncContext(database), database);
    });

    [Fact]
    public Task Should_migrate_the_events_to_their_model() => AssertSameAsync(directory =>
    {
        var database = Main(directory);
        return (new EventsContext(database), database);
    });

    [Fact]
    public Task Should_migrate_the_readings_of_the_guide_to_their_model() => AssertSameAsync(directory =>
    {
        var database = Main(directory);
        return (new ReadingsContext(database), database);
    });

    [Fact]
    public async Task Should_have_no_two_parts_with_one_table()
    {
        var database = Main(Own(DataDirectory.Take(Folder)));
        await using var deliveries = new DeliveryContext(database);
        await using var schedule = new SchedulingContext(database);
        await using var sagas = new SagasContext(database);
        await using var cars = new CarsContext(database);
        var tables = new DatabaseContext[] { deliveries, schedule, sagas, cars }.SelectMany(TablesOf).ToList();

        Assert.Equal(tables.Distinct(StringComparer.Ordinal), tables, StringComparer.Ordinal);
    }

    private async Task AssertSameAsync(Func<DataDirectory, (DatabaseContext Context, SqliteDatabase Database)> open)
    {
        var (migrated, migratedFile) = open(Own(DataDirectory.Take(Path.Combine(Folder, "migrated"))));
        var (created, createdFile) = open(Own(DataDirectory.Take(Path.Combine(Folder, "created"))));
        await using (migrated)
            await migrated.Database.MigrateAsync(Token);
        await using (created)
            await created.Database.EnsureCreatedAsync(Token);

        var tables = Schema.Tables(createdFile.Path);
        Assert.NotEmpty(tables);
        Assert.Equal(tables, Schema.Tables(migratedFile.Path));
        Assert.All(tables, table => Assert.Equal(Schema.Describe(createdFile.Path, table), Schema.Describe(migratedFile.Path, table)));
    }

    private MainDatabase Main(DataDirectory directory) => Own(new MainDatabase(directory, NullLogger<MainDatabase>.Instance));

    private static IEnumerable<string> TablesOf(DatabaseContext context) => context.Model.GetEntityTypes().Select(type => type.GetTableName()!);
}
