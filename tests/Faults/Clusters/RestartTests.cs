using BusIngest.Support;
using BusIngest.Support.Servers;

namespace BusIngest.Faults.Clusters;

/// <summary>Processes that are asked to end, under full load: clients see no more of it than connections that close.</summary>
public sealed class RestartTests(SharedCluster shared) : SeveralProcessesTest(shared)
{
    private const string UnderstandableName = "^[a-z]+(-[a-z]+)*$";
    private static readonly TimeSpan CloseDeadline = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Should_show_clients_no_error_when_every_process_is_restarted_one_by_one()
    {
        await StartAsync();
        for (var round = 1; round <= Rounds.Cluster; round++)
        {
            foreach (var name in Cluster.Programs())
            {
                await UnderLoadAsync();
                await RandomMomentAsync($"Round {round}: restart {name}", 0, 1_000);
                await Cluster.StopAsync(name);
                await Cluster.UpAsync(name);
            }
        }

        await UnderLoadAsync();
        await VerifyAsync();
        Assert.Equal(0, Acknowledgements.Refusals);
        // How long they wait is not asserted: the first answers of a process that has just begun are slow, and nothing is broken.
        Assert.Empty(Acknowledgements.Unknown);
    }

    [Fact]
    public async Task Should_leave_only_durable_queues_with_understandable_names_when_every_process_has_stopped()
    {
        await StartAsync();
        await UnderLoadAsync();
        await VerifyAsync();
        string[] programs = [.. Cluster.Programs()];
        await Cluster.StopAsync(programs);

        using var broker = new RabbitMqManagement(Cluster.RabbitMqManagement);
        await Eventually.BecomesAsync(
            "No queue is left but the durable ones",
            async token => string.Join(' ', await broker.TransientQueuesAsync("/", token)),
            static left => left.Length == 0,
            CloseDeadline,
            Token);
        var queues = await broker.QueuesAsync("/", Token);
        Log($"Left: {string.Join(' ', queues)}");
        Assert.Contains("cars-store", queues, StringComparer.Ordinal);
        Assert.Contains("timer", queues, StringComparer.Ordinal);
        Assert.All(queues, static queue => Assert.Matches(UnderstandableName, queue));
        await Cluster.UpAsync(programs);
    }
}
