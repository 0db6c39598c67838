using BusIngest.DataSyncSimulator;
using BusIngest.Support;

namespace BusIngest.Faults.Sync;

/// <summary>kill -9 at any moment of a run: it goes on by itself, and every event is stored once.</summary>
public sealed class SyncKillTests : FaultTest
{
    private const int PageSize = 100;

    [Fact]
    public async Task Should_end_complete_however_often_it_is_killed()
    {
        // Some 150 ms a round are spent on pages; so there are enough of them for all rounds.
        var total = PageSize * (200 + (100 * Rounds.Full));
        await using var simulator = await Simulator.StartAsync(
            new SimulatorOptions { Port = 0, Total = total, Seed = Seed.Value, DelayMs = 10, Duplicates = 3 }, TimeProvider.System);
        var installation = Install();
        (string, string?)[] settings =
            [("API_BASE_URL", simulator.Url), ("API_KEY", "demo-key"), ("BATCH_SIZE", $"{PageSize}"), ("SEEDER_ENABLED", "false")];
        await installation.StartAsync(Token, settings);
        var events = new PulledEvents(installation.Api, simulator, total);
        var runId = await events.BeginAsync(Token);

        for (var round = 1; round <= Rounds.Full; round++)
        {
            await RandomMomentAsync($"Round {round}: kill", 50, 1_000);
            await installation.Program.KillAsync();
            await installation.StartAsync(Token, settings);
        }

        var run = await events.VerifyAsync(runId, Token);
        Log(run.GetRawText());
    }
}
