using BusIngest.Support;
using BusIngest.Support.Cars;
using BusIngest.Support.Events;
using BusIngest.Support.Servers;
using BusIngest.Support.Storage;

namespace BusIngest.Faults.Clusters;

/// <summary>Parts of a cluster are killed under a load of events with many repeats: each that was acknowledged is stored and counted once.</summary>
public sealed class EventClusterTests(SharedCluster shared) : FaultTest, IClassFixture<SharedCluster>
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    [Theory]
    [InlineData(ClusterNames.Api)]
    [InlineData(ClusterNames.Workers)]
    [InlineData(ClusterNames.RabbitMq)]
    [InlineData(ClusterNames.Postgres)]
    public async Task Should_store_and_count_every_acknowledged_event_once(string victim)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["OUTBOX_LANE"] = "rabbitmq",
            ["SEEDER_ENABLED"] = "false",
            ["RATE_LIMIT_PER_MINUTE"] = "0",
        };
        var cluster = await shared.GetAsync(settings, [.. ClusterNames.Servers, .. ClusterNames.Programs]);
        var serves = true;
        await using var poster = EventPoster.Start(() => Volatile.Read(ref serves) ? cluster.Url(ClusterNames.Api) : null, Random);
        for (var round = 1; round <= Rounds.Cluster; round++)
        {
            await poster.WaitForMoreAsync(500, Deadline, Token);
            await RandomMomentAsync($"Round {round}: kill {victim}", 50, 2_000);
            Volatile.Write(ref serves, !string.Equals(victim, ClusterNames.Api, StringComparison.Ordinal));
            await cluster.KillAsync(victim);
            await RandomMomentAsync("Restart", 0, 2_000);
            await cluster.RestartAsync(victim);
            Volatile.Write(ref serves, true);
        }

        await poster.WaitForMoreAsync(500, Deadline, Token);
        await poster.StopAsync();
        await Eventually.BecomesAsync(
            "All that was acknowledged is stored",
            async token => poster.Check(await StoredEvents.ReadAsync(cluster.DatabaseUrl, token)) ?? "",
            static wrong => wrong.Length == 0,
            Deadline,
            Token);
        Log($"{poster.Acknowledged} events were acknowledged");
        await new EventsApi(new CarsApi(() => cluster.Url(ClusterNames.Api))).SumsUpAsync(
            () => StoredEvents.ReadAsync(cluster.DatabaseUrl, Token), poster.Run, Deadline, Token);
    }
}
