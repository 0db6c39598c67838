using BusIngest.Support;
using BusIngest.Support.Servers;

namespace BusIngest.Faults.Clusters;

/// <summary>The outbox over a Redis stream behind Sentinel: masters die, stand still and come back, under full load.</summary>
public sealed class RedisLaneTests(SharedCluster shared) : ClusterFaultTest(shared)
{
    private const string Lane = "redis";
    // 500 ms where the machine is free: a bound for one that is not, as speed is no assertion here.
    private static readonly TimeSpan FirstWriteDeadline = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AllDown = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Frozen = TimeSpan.FromSeconds(8);
    private static readonly string[] Sentinels = [.. ClusterNames.Sentinels];
    private static readonly string[] All = [.. ClusterNames.Redis];

    [Fact]
    public Task Should_lose_nothing_when_the_master_is_killed_and_the_replica_promoted() => SurviveAsync(Lane, async _ =>
    {
        var begun = TimeProvider.System.GetUtcNow();
        var master = await MasterAsync();
        await KillAsync(master);
        await Cluster.WaitForPromotionAsync(master, Token);
        var promotion = await PromotionTimes.ReadAsync(Cluster, begun, Token);
        Log($"{promotion}");
        Assert.True(promotion.FirstWrite < FirstWriteDeadline, $"The first write on the new master: {promotion}");
        await UnderLoadAsync();
        await RestartAsync(master);
        await Cluster.WaitForReplicasAsync(Token);
    });

    [Fact]
    public Task Should_lose_nothing_when_the_master_stands_still() => SurviveAsync(Lane, async _ =>
    {
        var master = await MasterAsync();
        await FreezeAsync(master, Frozen);
        await Cluster.WaitForReplicasAsync(Token);
    });

    [Fact]
    public Task Should_lose_nothing_when_the_master_is_killed_and_restarted_at_once() => SurviveAsync(Lane, async _ =>
    {
        await KillAndRestartAsync(await MasterAsync(), 0, 50);
        await UnderLoadAsync();
        await Cluster.WaitForReplicasAsync(Token);
    });

    [Fact]
    public Task Should_lose_nothing_when_every_redis_server_is_down_and_the_api_is_killed() => SurviveAsync(Lane, async _ =>
    {
        await KillAsync(All);
        await UnderLoadAsync();
        await RandomMomentAsync("Kill the api", 100, 3_000);
        await KillAndRestartAsync(ClusterNames.Api);
        await OutlastAsync("Redis", AllDown);
        await RestartAsync(All);
        await Cluster.WaitForReplicasAsync(Token);
    });

    [Fact]
    public Task Should_lose_nothing_when_the_sentinels_are_down() => SurviveAsync(Lane, async round =>
    {
        var master = await MasterAsync();
        await KillAsync(Sentinels);
        await UnderLoadAsync();
        // Every other time the master goes too, and nobody can say who is the next.
        if (round % 2 == 0)
            await KillAndRestartAsync(master);
        await RestartAsync(Sentinels);
        await Cluster.WaitForReplicasAsync(Token);
        await CircuitAsync("CLOSED");
    });

    /// <summary>Promotions move it: whoever is the master in a round is broken.</summary>
    private Task<string> MasterAsync() => Eventually.BecomesAsync(
        "A sentinel names the master", async _ => await Cluster.MasterAsync() ?? "", static master => master.Length > 0, Patience, Token);
}
