using System.Text.Json;
using BusIngest.Bus.Failures;
using BusIngest.Contracts.Cars;
using BusIngest.Specs.Cars;
using BusIngest.Specs.Notes;
using BusIngest.Specs.Processes;
using MassTransit;

namespace BusIngest.Specs.Delivery;

/// <summary>A consumer of chunks, by the one that stores cars.</summary>
public sealed class ChunkConsumerSpecs : Spec
{
    private static readonly RetryOptions Retry = new() { Immediate = 2, Spaced = [TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1)] };

    [Fact]
    public async Task Should_store_all_records_of_a_chunk()
    {
        var process = await StartAsync();
        var cars = SomeCars.Of("volvo", 5);

        await PublishAsync(process, cars);

        Assert.Equal(cars.Select(car => car.Id), process.StoredIds());
        Assert.Equal((5, 0, 0), process.Ledger());
    }

    [Fact]
    public async Task Should_store_a_record_of_two_chunks_once()
    {
        var process = await StartAsync();
        var cars = SomeCars.Of("volvo", 3);

        await PublishAsync(process, cars);
        await PublishAsync(process, [cars[0], .. SomeCars.Of("saab")]);

        Assert.Equal(4, process.StoredIds().Count);
        Assert.Equal((4, 1, 0), process.Ledger());
    }

    [Fact]
    public async Task Should_store_a_record_that_is_twice_in_a_chunk_once()
    {
        var process = await StartAsync();
        var car = SomeCars.Of("volvo")[0];

        await PublishAsync(process, [car, car]);

        Assert.Equal([car.Id], process.StoredIds());
        Assert.Equal((1, 1, 0), process.Ledger());
    }

    [Fact]
    public async Task Should_count_a_chunk_that_comes_again_as_redelivered()
    {
        var process = await StartAsync();
        var cars = SomeCars.Of("volvo", 3);
        var queue = await process.Get<IBus>().GetSendEndpoint(new Uri("queue:cars-store"));
        var (message, id) = (new CarGenerated(3, JsonSerializer.SerializeToUtf8Bytes(cars, CarsJson.Default.CarArray)), Guid.NewGuid());

        await queue.Send(message, context => context.MessageId = id, Token);
        await queue.Send(message, context => context.MessageId = id, Token);

        await UntilAsync("Both are consumed", () => process.Ledger() == (3, 0, 3));
        Assert.Equal(3, process.StoredIds().Count);
    }

    [Fact]
    public async Task Should_set_a_refused_record_apart_and_store_its_neighbours()
    {
        var process = await StartAsync();
        await process.PoisonAsync();
        var (before, refused, after) = (SomeCars.Of("volvo", 2), SomeCars.Of(PoisonTrigger.Make), SomeCars.Of("saab", 2));

        await PublishAsync(process, [.. before, .. refused, .. after]);

        Assert.Equal([.. before.Concat(after).Select(car => car.Id)], process.StoredIds());
        Assert.Equal((4, 0, 0), process.Ledger());
        var failed = Assert.Single(process.Failures());
        Assert.Equal(refused, JsonSerializer.Deserialize(failed.Body, CarsJson.Default.CarArray));
        Assert.Equal(("CarGenerated", "cars-store", 1), (failed.MessageType, failed.Endpoint, failed.Records));
        Assert.Contains(PoisonTrigger.Complaint, failed.ExceptionMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_put_all_refused_records_of_a_chunk_into_one_failure()
    {
        var process = await StartAsync();
        await process.PoisonAsync();
        var refused = SomeCars.Of(PoisonTrigger.Make, 3);

        await PublishAsync(process, [refused[0], .. SomeCars.Of("volvo"), refused[1], refused[2]]);

        var failed = Assert.Single(process.Failures());
        Assert.Equal(refused, JsonSerializer.Deserialize(failed.Body, CarsJson.Default.CarArray));
        Assert.Equal(3, failed.Records);
    }

    [Fact]
    public async Task Should_mark_a_chunk_of_which_records_were_refused()
    {
        var process = await StartAsync();
        await process.PoisonAsync();

        await PublishAsync(process, [.. SomeCars.Of("volvo"), .. SomeCars.Of(PoisonTrigger.Make)]);

        Assert.Equal(1, process.CountMarks());
    }

    [Fact]
    public async Task Should_give_refused_records_a_message_of_their_own()
    {
        var process = await StartAsync();
        await process.PoisonAsync();
        await PublishAsync(process, [.. SomeCars.Of("volvo"), .. SomeCars.Of(PoisonTrigger.Make)]);
        await process.MendAsync();

        await process.Get<IFailedMessages>().RetryAsync(Assert.Single(process.Failures()).Id, Token);

        await UntilAsync("It is stored", () => process.Ledger() == (2, 0, 0));
        Assert.Equal(2, process.StoredIds().Count);
        Assert.Empty(process.Failures());
    }

    [Fact]
    public async Task Should_fail_a_chunk_as_a_whole_when_all_of_it_is_refused()
    {
        var process = await StartAsync();
        await process.PoisonAsync();

        await PublishAsync(process, SomeCars.Of(PoisonTrigger.Make, 3));

        Assert.Equal(3, Assert.Single(process.Failures()).Records);
        Assert.Equal(0, process.CountMarks());
        Assert.Equal((0, 0, 0), process.Ledger());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_count_the_first_try_and_every_retry(bool alone)
    {
        var process = await StartAsync();
        await process.PoisonAsync();

        await PublishAsync(process, alone ? SomeCars.Of(PoisonTrigger.Make) : [.. SomeCars.Of("volvo"), .. SomeCars.Of(PoisonTrigger.Make)]);

        Assert.Equal(1 + Retry.Immediate + Retry.Spaced.Count, Assert.Single(process.Failures()).Attempts);
    }

    [Fact]
    public async Task Should_store_nothing_before_the_last_try()
    {
        var process = Own(await BusProcess.StartAsync(Folder, CarProcess.Storing(new RetryOptions { Immediate = 1, Spaced = [TimeSpan.FromSeconds(2)] })));
        await process.PoisonAsync();
        await process.Outbox.PublishAsync([.. SomeCars.Of("volvo"), .. SomeCars.Of(PoisonTrigger.Make)], Token);

        // Mended while it waits for its last try, it is stored as a whole.
        await process.MendAsync();
        await UntilAsync("It is stored", () => process.StoredIds().Count == 2);

        Assert.Empty(process.Failures());
        Assert.Equal((2, 0, 0), process.Ledger());
    }

    [Fact]
    public async Task Should_leave_no_gap_in_the_numbers_of_stored_rows()
    {
        var process = await StartAsync();
        await process.PoisonAsync();
        await PublishAsync(process, [.. SomeCars.Of("volvo"), .. SomeCars.Of(PoisonTrigger.Make), .. SomeCars.Of("saab")]);
        var known = SomeCars.Of("volvo");
        await PublishAsync(process, [.. known, .. known, .. SomeCars.Of("saab")]);

        using var context = process.Get<Workers.Cars.CarsContext>();
        Assert.Equal([1, 2, 3, 4], context.Cars.Select(car => car.Seq).Order());
    }

    [Fact]
    public async Task Should_keep_a_chunk_whose_records_cannot_be_read()
    {
        var process = await StartAsync();
        var queue = await process.Get<IBus>().GetSendEndpoint(new Uri("queue:cars-store"));

        await queue.Send(new CarGenerated(1, "[{]"u8.ToArray()), Token);

        await UntilAsync("It is given up", () => process.Failures().Count == 1);
        Assert.Equal("[{]"u8.ToArray(), Assert.Single(process.Failures()).Body);
    }

    private async Task<BusProcess> StartAsync() => Own(await BusProcess.StartAsync(Folder, CarProcess.Storing(Retry)));

    private static async Task PublishAsync(BusProcess process, Car[] cars)
    {
        await process.Outbox.PublishAsync<Car>(cars, Token);
        await UntilAsync("Nothing waits", () => process.Inbox.Status.Messages == 0);
    }
}
