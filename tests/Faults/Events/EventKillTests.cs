using BusIngest.Support;
using BusIngest.Support.Events;
using BusIngest.Support.Programs;
using BusIngest.Support.Storage;

namespace BusIngest.Faults.Events;

/// <summary>kill -9 at any moment under a load of events with many repeats: each that was acknowledged is stored and counted once.</summary>
public sealed class EventKillTests : FaultTest
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private static readonly (string, string?)[] Settings = [("SEEDER_ENABLED", "false"), ("RATE_LIMIT_PER_MINUTE", "0")];

    [Fact]
    public async Task Should_store_and_count_every_acknowledged_event_once_when_killed_under_load()
    {
        var installation = Install();
        await using var poster = EventPoster.Start(() => installation.Address, Random);
        for (var round = 1; round <= Rounds.Full; round++)
        {
            await installation.StartAsync(Token, Settings);
            await poster.WaitForMoreAsync(500, Deadline, Token);
            await RandomMomentAsync($"Round {round}: kill", 50, 2_500);
            await installation.Program.KillAsync();
        }

        await VerifyAsync(installation, poster);
    }

    [Fact]
    public async Task Should_store_and_count_every_acknowledged_event_once_when_killed_while_starting()
    {
        var installation = Install();
        await using var poster = EventPoster.Start(() => installation.Address, Random);
        for (var round = 1; round <= Rounds.Third; round++)
        {
            await installation.StartAsync(Token, Settings);
            await poster.WaitForMoreAsync(2_000, Deadline, Token);
            await installation.Program.KillAsync();
            for (var start = 1; start <= 3; start++)
            {
                await installation.LaunchAsync(Settings);
                await RandomMomentAsync($"Round {round}, start {start}: kill", 10, 1_500);
                await installation.Program.KillAsync();
            }
        }

        await VerifyAsync(installation, poster);
    }

    private static async Task VerifyAsync(Installation installation, EventPoster poster)
    {
        await installation.StartAsync(Token, Settings);
        await poster.WaitForMoreAsync(100, Deadline, Token);
        await poster.StopAsync();
        await Eventually.BecomesAsync(
            "All is stored",
            async token => (await installation.Api.GetAsync("outbox", token)).GetProperty("parked").GetInt64(),
            static parked => parked == 0,
            Deadline,
            Token);

        Assert.Null(poster.Check(StoredEvents.Read(installation.DataDirectory)));
        Log($"{poster.Acknowledged} events were acknowledged");
        await new EventsApi(installation.Api).SumsUpAsync(
            () => Task.FromResult(StoredEvents.Read(installation.DataDirectory)), poster.Run, Deadline, Token);
    }
}
