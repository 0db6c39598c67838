using System.Net;
using BusIngest.Specs.Processes;
using BusIngest.Support.Cars;
using BusIngest.Support.Failures;
using BusIngest.Support.Storage;

namespace BusIngest.Specs.Cars;

/// <summary>The ledger of the whole program.</summary>
public sealed class CarStatsSpecs : Spec
{
    [Fact]
    public async Task Should_count_what_is_stored()
    {
        var service = await StartAsync();

        await service.StoreCarsAsync(CarText.Good, CarText.Good, CarText.Good);

        Assert.Equal(Stored(3), await service.AtRestAsync());
    }

    [Fact]
    public async Task Should_count_an_id_once_however_often_it_comes()
    {
        var service = await StartAsync();
        var car = CarText.Of(Guid.NewGuid());

        await service.StoreCarsAsync(car, car);
        await service.StoreCarsAsync(car, CarText.Good);

        Assert.Equal(Stored(2) with { Redelivered = 2 }, await service.AtRestAsync());
    }

    [Fact]
    public async Task Should_count_on_after_a_restart()
    {
        await using (var earlier = await RunningService.StartAsync(RunningService.SettingsIn(Folder)))
            await earlier.StoreCarsAsync(CarText.Good, CarText.Good);

        var service = await StartAsync();
        await service.StoreCarsAsync(CarText.Good);

        Assert.Equal(Stored(3), await service.AtRestAsync());
    }

    [Fact]
    public async Task Should_count_what_failed_as_in_flight_and_what_was_dropped_as_lost()
    {
        var service = await StartAsync();
        new PoisonousMake(RunningService.SettingsIn(Folder).DataDir, "trabant").Poison();
        var failures = new FailuresApi(service.Cars);

        var answer = await service.PostCarsAsync(CarText.Array(CarText.With("normalizedMake", "\"trabant\""), CarText.Good));

        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        var failed = Assert.Single(await failures.WaitForAsync(1, Token));
        Assert.Equal(Stored(1) with { Generated = 2, InFlight = 1 }, await service.Cars.StatsAsync(Token));
        Assert.Equal(HttpStatusCode.NoContent, (await failures.DeleteAsync(failed.Id, Token)).Status);
        Assert.Equal(Stored(1) with { Generated = 2, Lost = 1 }, await service.Cars.StatsAsync(Token));
    }

    private async Task<RunningService> StartAsync() => Own(await RunningService.StartAsync(RunningService.SettingsIn(Folder)));

    private static CarStats Stored(long cars) =>
        new(Generated: cars, Stored: cars, Parked: 0, InFlight: 0, Lost: 0, Duplicates: 0, Redelivered: 0);
}
