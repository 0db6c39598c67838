using System.Net;
using BusIngest.Support;
using BusIngest.Support.Amqp;
using BusIngest.Support.Cars;
using BusIngest.Support.Programs;
using BusIngest.Support.Servers;
using BusIngest.Support.Storage;

namespace BusIngest.Faults.Clusters;

/// <summary>A walk over what RabbitMQ may answer: each reply code of AMQP on a channel and on a connection, cuts and stalls, under load.</summary>
public sealed class RabbitMqWalkTests : FaultTest
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Should_lose_nothing_and_go_on_soon_after_whatever_the_broker_answers()
    {
        await using var cluster = await Cluster.StartAsync(ClusterNames.RabbitMq, ClusterNames.Postgres);
        await using var proxy = AmqpProxy.Start(cluster.RabbitMqUrl);
        var installation = Install();
        var program = await installation.StartAsync(
            Token, ("RABBITMQ_URL", proxy.Url), ("DATABASE_URL", cluster.DatabaseUrl), ("SEEDER_ENABLED", "false"), ("RATE_LIMIT_PER_MINUTE", "0"));
        await StoredSoonAsync(installation, Deadline);
        var acknowledgements = new Acknowledgements();
        await using var client = PostingClient.Start(
            () => installation.Address, acknowledgements, Random, new PostingOptions { Connections = 4, MaxCarsPerRequest = 20, MaxPause = TimeSpan.FromMilliseconds(50) });
        List<TimeSpan> times = [];
        var count = 0;
        List<string> late = [];
        for (var round = 1; round <= Rounds.Full; round++)
        {
            var faults = AmqpFault.All.ToArray();
            Random.Shuffle(faults);
            foreach (var fault in faults)
            {
                if (proxy.Inflict(fault, Random))
                    count++;
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Next(20, 250)), TimeProvider.System, Token);
            }

            count -= proxy.Calm();
            var took = await StoredSoonAsync(installation, Deadline);
            Log($"Round {round}: a car was stored {took.TotalMilliseconds:0} ms after the last fault");
            times.Add(took);
            if (took > MachineLoad.Stretch(Soon))
                late.Add($"After round {round} it took {took.TotalSeconds:0.0} s to go on");
            Assert.False(program.HasExited, "The program has ended");
        }

        await client.StopAsync();
        await VerifyAsync(installation, cluster, acknowledgements);
        times.Sort();
        Log($"{count} faults at most; on again after {times[0].TotalSeconds:0.0} / {times[times.Count / 2].TotalSeconds:0.0} / {times[^1].TotalSeconds:0.0} s (least, median, most)");
        Assert.Empty(late);
    }

    /// <summary>Posts a car, and waits until it is stored.</summary>
    /// <returns>How long that took.</returns>
    private async Task<TimeSpan> StoredSoonAsync(Installation installation, TimeSpan deadline)
    {
        var begun = TimeProvider.System.GetTimestamp();
        var id = ClientCar.NewId(Random);
        await Eventually.HoldsAsync(
            "A car is accepted",
            async token => (await installation.Api.PostCarsAsync([ClientCar.Of(id)], token)).Status == HttpStatusCode.Accepted, deadline, Token);
        await Eventually.HoldsAsync(
            "The car is stored", async token => await installation.Api.StatusAsync($"cars/{id}", token) == HttpStatusCode.OK, deadline, Token);
        return TimeProvider.System.GetElapsedTime(begun);
    }

    private static async Task VerifyAsync(Installation installation, Cluster cluster, Acknowledgements acknowledgements)
    {
        await Eventually.BecomesAsync("Every accepted car is stored", installation.Api.StatsAsync, static stats => stats.AtRest, Deadline, Token);
        await using var rows = new PostgresCars(cluster.DatabaseUrl);
        var (times, altered) = await rows.FindAsync(acknowledgements.Acknowledged, Token);
        Log($"{acknowledgements.Count} acknowledged, {acknowledgements.Unknown.Count} unknown, {acknowledgements.Refusals} refused, longest wait {acknowledgements.LongestWait.TotalMilliseconds:0} ms");
        Assert.Empty(acknowledgements.Violations);
        Assert.Empty(altered);
        Assert.DoesNotContain(acknowledgements.Acknowledged, id => times.GetValueOrDefault(id) != 1);
    }
}
