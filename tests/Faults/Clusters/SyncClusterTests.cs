using BusIngest.DataSyncSimulator;
using BusIngest.Faults.Sync;
using BusIngest.Support;
using BusIngest.Support.Cars;
using BusIngest.Support.Servers;

namespace BusIngest.Faults.Clusters;

/// <summary>Parts of a cluster are killed in the middle of a run, which goes on by itself and stores every event once.</summary>
public sealed class SyncClusterTests(SharedCluster shared) : FaultTest, IClassFixture<SharedCluster>
{
    private const int PageSize = 100;

    [Fact]
    public async Task Should_end_complete_whatever_is_killed_in_the_middle_of_a_page()
    {
        string[] victims = [ClusterNames.Workers, ClusterNames.Postgres, ClusterNames.Sagas, ClusterNames.Workers, ClusterNames.RabbitMq];
        var rounds = Math.Max(victims.Length, Rounds.Full);
        var total = PageSize * (300 + (150 * rounds));
        await using var simulator = await Simulator.StartAsync(
            new SimulatorOptions { Port = 0, Total = total, Seed = Seed.Value, DelayMs = 10, Duplicates = 3 }, TimeProvider.System);
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["API_BASE_URL"] = simulator.Url,
            ["API_KEY"] = "demo-key",
            ["BATCH_SIZE"] = $"{PageSize}",
            ["SEEDER_ENABLED"] = "false",
        };
        var cluster = await shared.GetAsync(settings, [.. ClusterNames.Servers, .. ClusterNames.Programs]);
        var events = new PulledEvents(new CarsApi(() => cluster.Url(ClusterNames.Api)), simulator, total);
        var runId = await events.BeginAsync(Token);

        for (var round = 1; round <= rounds; round++)
        {
            await events.PassAsync(runId, pages: 5, Token);
            await RandomMomentAsync($"Round {round}: kill {victims[round % victims.Length]}", 50, 1_000);
            await cluster.KillAsync(victims[round % victims.Length]);
            await RandomMomentAsync("Restart", 0, 2_000);
            await cluster.RestartAsync(victims[round % victims.Length]);
        }

        Log((await events.VerifyAsync(runId, Token)).GetRawText());
    }
}
