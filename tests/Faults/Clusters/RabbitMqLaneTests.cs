using BusIngest.Support.Servers;

namespace BusIngest.Faults.Clusters;

/// <summary>The outbox over RabbitMQ: the broker, the database and every process are killed or stand still, under full load.</summary>
public sealed class RabbitMqLaneTests(SharedCluster shared) : ClusterFaultTest(shared)
{
    private const string Lane = "rabbitmq";
    private static readonly TimeSpan Alarm = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongFreeze = TimeSpan.FromSeconds(20);

    [Fact]
    public Task Should_lose_nothing_when_the_broker_is_killed_and_restarted() =>
        SurviveAsync(Lane, _ => KillAndRestartAsync(ClusterNames.RabbitMq));

    [Fact]
    public Task Should_lose_nothing_when_the_broker_stands_still() =>
        SurviveAsync(Lane, _ => FreezeAsync(ClusterNames.RabbitMq, LongFreeze));

    [Fact]
    public Task Should_lose_nothing_while_the_broker_is_short_of_memory() => SurviveAsync(Lane, async _ =>
    {
        await RabbitMqControl.RaiseAlarmAsync(Cluster, Token);
        await CircuitAsync("OPEN");
        await OutlastAsync("The blocked broker", Alarm);
        await RabbitMqControl.ClearAlarmAsync(Cluster, Token);
        await CircuitAsync("CLOSED");
    });

    [Theory]
    [InlineData(ClusterNames.Api)]
    [InlineData(ClusterNames.Workers)]
    [InlineData(ClusterNames.Sagas)]
    public Task Should_lose_nothing_when_a_process_is_killed(string name) =>
        SurviveAsync(Lane, _ => KillAndRestartAsync(name));

    [Fact]
    public Task Should_lose_nothing_when_the_database_is_killed_and_restarted() =>
        SurviveAsync(Lane, _ => KillAndRestartAsync(ClusterNames.Postgres));
}
