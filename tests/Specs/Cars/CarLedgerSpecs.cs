using BusIngest.Api.Cars;
using BusIngest.Bus.Delivery;
using BusIngest.Contracts.Cars;
using BusIngest.Specs.Processes;
using BusIngest.Workers.Cars;
using BusIngest.Workers.Cars.Seeding;

namespace BusIngest.Specs.Cars;

/// <summary>The ledger over files that were tampered with, in a process that stores nothing by itself.</summary>
public sealed class CarLedgerSpecs : Spec
{
    private static readonly Car[] Cars = CarCatalogue.Draw(3, FakeClock.Start);

    [Fact]
    public async Task Should_be_empty_at_first() => Assert.Equal(new CarStats(0, 0, 0, 0, 0, 0, 0), await ReadAsync(await StartAsync()));

    [Fact]
    public async Task Should_count_what_waits_as_parked()
    {
        var process = await AcceptAsync();

        Assert.Equal(new CarStats(Generated: 3, Stored: 0, Parked: 3, InFlight: 0, Lost: 0, Duplicates: 0, Redelivered: 0), await ReadAsync(process));
    }

    [Fact]
    public async Task Should_count_what_vanished_from_the_inbox_as_lost()
    {
        var process = await AcceptAsync();

        await process.InboxFile.Writer.WriteAsync(1, session => session.Statement("DELETE FROM inbox").Execute(), Token);

        Assert.Equal(new CarStats(Generated: 3, Stored: 0, Parked: 0, InFlight: 0, Lost: 3, Duplicates: 0, Redelivered: 0), await ReadAsync(process));
    }

    [Fact]
    public async Task Should_not_count_as_parked_what_is_stored_and_not_removed_yet()
    {
        var process = await AcceptAsync();

        await StoreAsync(process, Cars);

        Assert.Equal(new CarStats(Generated: 3, Stored: 3, Parked: 0, InFlight: 0, Lost: 0, Duplicates: 0, Redelivered: 0), await ReadAsync(process));
    }

    [Fact]
    public async Task Should_count_a_row_that_nobody_stored_as_a_duplicate()
    {
        var process = await AcceptAsync();
        await StoreAsync(process, Cars);

        await process.MainFile.Writer.WriteAsync(1, session => session.Insert(CarCatalogue.Draw(1, FakeClock.Start)[0], FakeClock.Start), Token);

        Assert.Equal(new CarStats(Generated: 3, Stored: 3, Parked: 0, InFlight: 0, Lost: 0, Duplicates: 1, Redelivered: 0), await ReadAsync(process));
    }

    private async Task<BusProcess> StartAsync() =>
        Own(await BusProcess.StartAsync(Folder, new BusSetup { Services = services => services.AddCars(seeder: null) }));

    private async Task<BusProcess> AcceptAsync()
    {
        var process = await StartAsync();
        await process.Outbox.PublishAsync<Car>(Cars, Token);
        return process;
    }

    /// <summary>What the consumer does in one transaction.</summary>
    private static Task<bool> StoreAsync(BusProcess process, Car[] cars)
    {
        var id = WaitingMessage(process);
        return process.MainFile.Writer.WriteAsync(cars.Length, session =>
        {
            session.Count(cars.Count(car => session.Insert(car, FakeClock.Start)), known: 0, redelivered: 0);
            return session.Mark(id, "cars-store", FakeClock.Start);
        });
    }

    private static Guid WaitingMessage(BusProcess process)
    {
        using var inbox = process.InboxFile.OpenReader();
        var message = inbox.Statement("SELECT message_id FROM inbox");
        message.Read();
        return Guid.Parse(message.Text(0)!);
    }

    private static Task<CarStats> ReadAsync(BusProcess process) => new SqliteCarStats(process.Get<DeliveryAudit>()).ReadAsync(Token);
}
