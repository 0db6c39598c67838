using BusIngest.Api.Cars;
using BusIngest.Bus.Failures;
using BusIngest.Contracts.Cars;
using BusIngest.Support;
using BusIngest.Workers.Cars;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Integration.Postgres;

/// <summary>Cars in PostgreSQL.</summary>
public sealed class CarTests(SharedServers servers) : PostgresTest(servers)
{
    private const string Poison = "poison";

    private static readonly PostgresSetup WithCars = new()
    {
        Services = services => services.AddCars(seeder: null),
        Consumers = bus => bus.AddCarConsumers(seeder: false),
    };

    [Fact]
    public async Task Should_have_a_ledger_that_equals_the_rows_after_chunks_that_overlap()
    {
        const int Chunks = 40;
        const int Size = 250;
        var random = Seed.RandomFor(nameof(Should_have_a_ledger_that_equals_the_rows_after_chunks_that_overlap));
        var cars = SomeCars("volvo", 2_000);
        var processes = new[] { await StartAsync(WithCars), await StartAsync(WithCars), await StartAsync(WithCars) };

        await Task.WhenAll(Enumerable.Range(0, Chunks).Select(i => processes[i % processes.Length].Outbox.PublishAsync<Car>(
            [.. Enumerable.Range(0, Size).Select(_ => cars[random.Next(cars.Length)])], Token)));

        await UntilAsync("all are stored", async _ => await AskAsync<long>("SELECT sum(stored + known)::bigint FROM car_ledger") == Chunks * Size);
        var rows = await AskAsync<long>("SELECT count(*) FROM cars");
        Assert.Equal(rows, await AskAsync<long>("SELECT sum(stored)::bigint FROM car_ledger"));
        Assert.Equal(rows, await AskAsync<long>("SELECT count(DISTINCT id) FROM cars"));
        Assert.Equal(0, await AskAsync<long>("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"));
        Assert.Equal(0, await AskAsync<long>("SELECT sum(redelivered)::bigint FROM car_ledger"));
        await AssertLedgerAsync(processes[0], generated: rows, stored: rows);
    }

    [Fact]
    public async Task Should_count_a_chunk_that_comes_again_as_redelivered()
    {
        var process = await StartAsync(WithCars);
        var cars = SomeCars("volvo", 3);
        var (chunk, id) = (new CarGenerated(3, System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(cars, CarsJson.Default.CarArray)), Guid.NewGuid());

        await process.SendAsync("cars-store", chunk, id);
        await UntilAsync("it is stored", async _ => await AskAsync<long>("SELECT sum(stored)::bigint FROM car_ledger") == 3);
        await process.SendAsync("cars-store", chunk, id);

        await UntilAsync("it is counted", async _ => await AskAsync<long>("SELECT sum(redelivered)::bigint FROM car_ledger") == 3);
        Assert.Equal(3, await AskAsync<long>("SELECT sum(stored)::bigint FROM car_ledger"));
    }

    [Theory]
    [InlineData(1_000, 1)]
    [InlineData(1_000, 7)]
    [InlineData(2, 1)]
    public async Task Should_set_refused_records_apart_and_store_their_neighbours(int size, int refused)
    {
        var process = await StartAsync(WithCars);
        await ExecuteAsync($"ALTER TABLE cars ADD CHECK (normalized_make <> '{Poison}')");
        var random = Seed.RandomFor(nameof(Should_set_refused_records_apart_and_store_their_neighbours));
        var cars = SomeCars("volvo", size);
        foreach (var index in Enumerable.Range(0, size).OrderBy(_ => random.Next()).Take(refused))
            cars[index] = cars[index] with { NormalizedMake = Poison };

        await process.Outbox.PublishAsync<Car>(cars, Token);

        await UntilAsync("the others are stored", async _ => await AskAsync<long>("SELECT count(*) FROM cars") == size - refused);
        Assert.Equal([refused], await ListAsync<int>("SELECT records FROM failed_messages"));
        Assert.Equal((long)size - refused, await AskAsync<long>("SELECT sum(stored)::bigint FROM car_ledger"));
        Assert.Equal(0, await AskAsync<long>("SELECT sum(known)::bigint FROM car_ledger"));
        Assert.Equal(1, await AskAsync<long>("SELECT count(*) FROM consumed_messages"));

        await ExecuteAsync("ALTER TABLE cars DROP CONSTRAINT cars_normalized_make_check");
        await process.Get<IFailedMessages>().RetryAllAsync(null, Token);
        await UntilAsync("they are stored too", async _ => await AskAsync<long>("SELECT count(*) FROM cars") == size);
        await AssertLedgerAsync(process, generated: size, stored: size);
    }

    [Fact]
    public async Task Should_give_up_a_chunk_of_which_all_is_refused()
    {
        var process = await StartAsync(WithCars);
        await ExecuteAsync($"ALTER TABLE cars ADD CHECK (normalized_make <> '{Poison}')");

        await process.Outbox.PublishAsync<Car>(SomeCars(Poison, 3), Token);

        await UntilAsync("it is given up", async _ => await AskAsync<long>("SELECT count(*) FROM failed_messages WHERE records = 3") == 1);
        Assert.Equal(0, await AskAsync<long>("SELECT count(*) FROM consumed_messages"));
    }

    [Fact]
    public async Task Should_set_a_text_apart_that_postgres_cannot_hold()
    {
        var process = await StartAsync(WithCars);
        var cars = SomeCars("volvo", 10);
        cars[4] = cars[4] with { Location = "Göteborg\0" };

        await process.Outbox.PublishAsync<Car>(cars, Token);

        await UntilAsync("the others are stored", async _ => await AskAsync<long>("SELECT count(*) FROM cars") == 9);
        Assert.Equal([1], await ListAsync<int>("SELECT records FROM failed_messages"));
    }

    private static Car[] SomeCars(string make, int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => new Car(
            Guid.NewGuid(), make, $"model {i}", 1990, 1_000.5, "Göteborg", new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.FromHours(2)))),
    ];

    private static async Task AssertLedgerAsync(PostgresProcess process, long generated, long stored)
    {
        var stats = ActivatorUtilities.CreateInstance<PostgresCarStats>(process.Services);
        await Eventually.BecomesAsync(
            "the ledger", stats.ReadAsync, seen => seen.Generated == generated && seen.Stored == stored && seen.InFlight == 0, Deadline, Token);
        var seen = await stats.ReadAsync(Token);
        Assert.Equal(seen.Generated, seen.Stored + seen.Parked + seen.InFlight + seen.Lost);
        Assert.Equal(0, seen.Duplicates);
    }
}
