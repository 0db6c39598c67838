using BusIngest.Bus.Storage;
using BusIngest.Contracts.Cars;
using BusIngest.Specs.Cars;
using BusIngest.Specs.Processes;

namespace BusIngest.Specs.Inbox;

/// <summary>The view for people with a SQLite tool.</summary>
public sealed class PendingCarsSpecs : Spec
{
    [Fact]
    public async Task Should_show_a_car_a_row()
    {
        var process = Own(await BusProcess.StartAsync(Folder, CarProcess.Parking()));
        var cars = SomeCars.Of("volvo", 3);

        await process.Outbox.PublishAsync<Car>(cars[..2], Token);
        await process.Outbox.PublishAsync(cars[2], Token);

        Assert.Equal(cars, Pending(process));
    }

    [Fact]
    public async Task Should_show_texts_as_they_are()
    {
        var process = Own(await BusProcess.StartAsync(Folder, CarProcess.Parking()));
        var car = SomeCars.Of("Łódź \"quoted\" 🚗")[0];

        await process.Outbox.PublishAsync(car, Token);

        Assert.Equal([car], Pending(process));
    }

    [Fact]
    public async Task Should_show_no_car_that_is_stored()
    {
        var process = Own(await BusProcess.StartAsync(Folder, CarProcess.Storing()));

        await process.Outbox.PublishAsync<Car>(SomeCars.Of("volvo", 3), Token);
        await UntilAsync("They are stored", () => process.Inbox.Status.Messages == 0);

        Assert.Empty(Pending(process));
    }

    [Fact]
    public async Task Should_be_made_anew_when_the_program_has_another_one()
    {
        await (await BusProcess.StartAsync(Folder, CarProcess.Parking())).DisposeAsync();
        using (var session = SqliteSession.OpenWriter(Path.Combine(Folder, "data", "inbox.db")))
            session.Execute("DROP VIEW pending_cars; CREATE VIEW pending_cars AS SELECT 1 AS another");

        var process = Own(await BusProcess.StartAsync(Folder, CarProcess.Parking()));

        Assert.Empty(Pending(process));
    }

    private static List<Car> Pending(BusProcess process)
    {
        using var reader = process.InboxFile.OpenReader();
        var rows = reader.Statement("""
            SELECT id, normalized_make, normalized_model, year, CAST(price * 100 AS INTEGER), location, generated_at FROM pending_cars
            """);
        var cars = new List<Car>();
        while (rows.Read())
        {
            cars.Add(new Car(
                Guid.Parse(rows.Text(0)!), rows.Text(1)!, rows.Text(2)!, (int)rows.Number(3), rows.Number(4) / 100.0, rows.Text(5)!,
                DateTimeOffset.Parse(rows.Text(6)!)));
        }

        return cars;
    }
}
