using System.Net;
using BusIngest.Support;
using BusIngest.Support.Cars;
using BusIngest.Support.Programs;

namespace BusIngest.Faults;

/// <summary>kill -9 at any moment: what was acknowledged is stored exactly once.</summary>
public sealed class KillTests : FaultTest
{
    private static readonly TimeSpan LoadDeadline = TimeSpan.FromSeconds(60);
    private readonly Acknowledgements _acknowledgements = new();

    [Fact]
    public async Task Should_store_every_acknowledged_car_once_when_killed_under_load()
    {
        var installation = Install();
        await using var client = PostingClient.Start(() => installation.Address, _acknowledgements, Random);
        for (var round = 1; round <= Rounds.Full; round++)
        {
            await StartUnderLoadAsync(installation);
            await RandomMomentAsync($"Round {round}: kill", 100, 3_000);
            await installation.Program.KillAsync();
        }

        await StartAndVerifyAsync(installation, client);
    }

    [Fact]
    public async Task Should_store_every_acknowledged_car_once_when_killed_while_starting()
    {
        var installation = Install();
        await using var client = PostingClient.Start(() => installation.Address, _acknowledgements, Random);
        for (var round = 1; round <= Rounds.Third; round++)
        {
            await StartUnderLoadAsync(installation);
            await installation.Program.KillAsync();
            for (var start = 1; start <= 3; start++)
            {
                await installation.LaunchAsync(SeederAtFullSpeed);
                await RandomMomentAsync($"Round {round}, start {start}: kill", 10, 1_500);
                await installation.Program.KillAsync();
            }
        }

        await StartAndVerifyAsync(installation, client);
    }

    [Fact]
    public async Task Should_store_every_acknowledged_car_once_when_killed_while_stopping()
    {
        var installation = Install();
        await using var client = PostingClient.Start(() => installation.Address, _acknowledgements, Random);
        for (var round = 1; round <= Rounds.Third; round++)
        {
            await StartUnderLoadAsync(installation);
            await RandomMomentAsync($"Round {round}: terminate", 100, 1_000);
            installation.Program.Terminate();
            await RandomMomentAsync($"Round {round}: kill", 50, 500);
            await installation.Program.KillAsync();
        }

        await StartAndVerifyAsync(installation, client);
    }

    [Fact]
    public async Task Should_start_on_what_a_killed_first_start_left()
    {
        for (var round = 1; round <= Rounds.Third; round++)
        {
            var installation = Install();
            for (var start = 1; start <= 3; start++)
            {
                await installation.LaunchAsync();
                await RandomMomentAsync($"Round {round}, start {start}: kill", 100, 1_200);
                await installation.Program.KillAsync();
            }

            await installation.StartAsync(Token);
            var id = ClientCar.NewId(Random);
            Assert.Equal(HttpStatusCode.Accepted, (await installation.Api.PostCarsAsync([ClientCar.Of(id)], Token)).Status);
            var promised = new Acknowledgements();
            promised.Acknowledge([id]);
            await Accounting.VerifyAsync(installation, promised, Token);
            await installation.Program.KillAsync();
        }
    }

    private async Task StartUnderLoadAsync(Installation installation)
    {
        await installation.StartAsync(Token, SeederAtFullSpeed);
        await _acknowledgements.WaitForMoreAsync(1, LoadDeadline, Token);
        var stats = await installation.Api.StatsAsync(Token);
        Assert.True(stats is { AddsUp: true, Lost: 0, Duplicates: 0 }, stats.ToString());
    }

    private async Task StartAndVerifyAsync(Installation installation, PostingClient client)
    {
        await installation.StartAsync(Token, SeederAtFullSpeed);
        await client.StopAsync();
        await Accounting.VerifyAsync(installation, _acknowledgements, Token);
    }
}
