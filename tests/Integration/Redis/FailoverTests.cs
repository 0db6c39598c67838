using BusIngest.Bus.Redis;
using BusIngest.Support;
using BusIngest.Support.Servers;
using StackExchange.Redis;

namespace BusIngest.Integration.Redis;

/// <summary>The lane behind Sentinel while its master goes: whatever was confirmed is there afterwards.</summary>
public sealed class FailoverTests : RedisTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Between the end of a call's deadline and its answer, on a machine with other things to do.</summary>
    private const int SlackMs = 1_000;

    [Fact]
    public async Task Should_keep_what_it_confirmed_over_kills_of_the_master()
    {
        var cluster = await StartClusterAsync();
        var spare = await StartReplicaAsync(cluster);
        var (master, lane) = await OpenAsync(cluster);
        var random = Seed.RandomFor(nameof(Should_keep_what_it_confirmed_over_kills_of_the_master));
        TestContext.Current.SendDiagnosticMessage(Seed.Hint);
        await using (var load = new LaneLoad(lane))
        {
            for (var round = 0; round < Rounds.Full; round++)
            {
                await UntilConfirmedAsync(load, random.Next(200, 2_000));
                // The spare can't be killed by name, and may have become the master; it gives way.
                if (await PromoteAnotherAsync(cluster, master, spare))
                    await UntilConfirmedAsync(load, 100);

                var victim = NameOf(cluster, master.Endpoint!);
                var old = master.Endpoint;
                var before = load.Confirmed.Count;
                await cluster.KillAsync(victim);
                await UntilAsync("Another is the master", () => Same(master.LastPromotion?.From, old) && master.Unavailable is null);
                var heard = master.LastPromotion!.At;
                await UntilConfirmedAsync(load, 1);
                TestContext.Current.SendDiagnosticMessage($"Round {round}: {victim} killed after {before} writes, first write {(TimeProvider.System.GetUtcNow() - heard).TotalMilliseconds:0} ms after the news");

                await cluster.UpAsync(victim);
                await UntilAsync("The old one follows", token => HasReplicasAsync(master.Endpoint!, 2, token));
                TestContext.Current.SendDiagnosticMessage($"Round {round}: the last promotion is {master.LastPromotion}, after {load.Confirmed.Count} writes all follow");
            }

            await load.DisposeAsync();
            await AssertAllThereAsync(load, master.Endpoint!);
            Assert.InRange(load.LongestMs, 0, (long)Patience.TotalMilliseconds + SlackMs);
        }
    }

    [Fact]
    public async Task Should_write_to_the_new_master_within_half_a_second_of_the_news()
    {
        var cluster = await StartClusterAsync();
        await StartReplicaAsync(cluster);
        var (master, lane) = await OpenAsync(cluster);
        await lane.ProbeAsync(Token);

        var returned = master.Returned.Next;
        await cluster.KillAsync(ClusterNames.RedisMaster);
        await UntilAsync("There is news", () => master.LastPromotion is not null);
        var heard = master.LastPromotion!.At;
        await returned.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System, Token);
        await lane.ForwardAsync(Message(Guid.NewGuid()), Token);

        Assert.InRange((TimeProvider.System.GetUtcNow() - heard).TotalMilliseconds, 0, 500);
        Assert.False(Same(cluster.RedisMaster, lane.Master));
    }

    [Fact]
    public async Task Should_not_count_a_write_to_a_master_that_came_back_too_late()
    {
        var cluster = await StartClusterAsync();
        var (master, lane) = await OpenAsync(cluster);
        await using var load = new LaneLoad(lane);
        for (var round = 0; round < Rounds.Third; round++)
        {
            await UntilConfirmedAsync(load, 500);
            var old = master.Endpoint!;
            var victim = NameOf(cluster, old);
            await cluster.KillAsync(victim);
            await UntilAsync("Another is the master", () => Same(master.LastPromotion?.From, old));

            // It takes itself for the master until the Sentinels tell it otherwise.
            await cluster.UpAsync(victim);
            var late = Own(await WatchAsync(Behind(cluster)));
            await UntilAsync("The one that starts now finds it too", () => late.Unavailable is null && Same(late.Endpoint, master.Endpoint));
            await UntilAsync("The old one follows", token => HasReplicasAsync(master.Endpoint!, 1, token));
            Assert.False(Same(old, master.Endpoint));
        }

        await UntilConfirmedAsync(load, 500);
        await load.DisposeAsync();
        await AssertAllThereAsync(load, master.Endpoint!);
    }

    [Fact]
    public async Task Should_keep_what_it_confirmed_when_the_master_is_killed_and_restarted_at_once()
    {
        var cluster = await StartClusterAsync();
        var (master, lane) = await OpenAsync(cluster);
        await using var load = new LaneLoad(lane);
        for (var round = 0; round < Rounds.Third; round++)
        {
            await UntilConfirmedAsync(load, 1_000);
            var victim = NameOf(cluster, master.Endpoint!);
            await cluster.KillAsync(victim);
            await cluster.UpAsync(victim);
            await UntilAsync("Writes are confirmed again", async token =>
            {
                await UntilConfirmedAsync(load, 1);
                return master.Unavailable is null && await HasReplicasAsync(master.Endpoint!, 1, token);
            });
        }

        await load.DisposeAsync();
        await AssertAllThereAsync(load, master.Endpoint!);
    }

    [Fact]
    public async Task Should_end_calls_at_their_deadline_while_the_master_is_frozen()
    {
        var cluster = await StartClusterAsync();
        await StartReplicaAsync(cluster);
        var (master, lane) = await OpenAsync(cluster);
        await using var load = new LaneLoad(lane);
        await UntilConfirmedAsync(load, 500);

        await cluster.FreezeAsync(ClusterNames.RedisMaster);
        await UntilAsync("Another is the master", () => master.LastPromotion is not null && master.Unavailable is null);
        await UntilConfirmedAsync(load, 500);
        await cluster.ThawAsync(ClusterNames.RedisMaster);
        await UntilAsync("The old one follows", token => HasReplicasAsync(master.Endpoint!, 2, token));
        await UntilConfirmedAsync(load, 500);

        await load.DisposeAsync();
        Assert.False(Same(cluster.RedisMaster, master.Endpoint));
        Assert.InRange(load.LongestMs, 0, (long)Patience.TotalMilliseconds + SlackMs);
        await AssertAllThereAsync(load, master.Endpoint!);
    }

    [Fact]
    public async Task Should_leave_a_master_that_was_made_a_replica()
    {
        var cluster = await StartClusterAsync();
        var (master, lane) = await OpenAsync(cluster);
        await using var load = new LaneLoad(lane);
        await UntilConfirmedAsync(load, 500);

        await FailOverAsync(cluster);
        await UntilAsync("Another is the master", () => master.Unavailable is null && !Same(master.Endpoint, cluster.RedisMaster));
        await UntilConfirmedAsync(load, 500);

        await load.DisposeAsync();
        await AssertAllThereAsync(load, master.Endpoint!);
    }

    [Fact]
    public async Task Should_leave_a_master_that_refuses_writes_though_no_sentinel_tells()
    {
        var cluster = await StartClusterAsync();
        var (master, lane) = await OpenAsync(cluster);
        await cluster.FreezeAsync([.. ClusterNames.Sentinels]);

        var connection = master.Connection;
        await connection.SendAsync("REPLICAOF", "127.0.0.1", cluster.Address(ClusterNames.RedisReplica).Split(':')[1]).WaitAsync(Token);

        await Assert.ThrowsAsync<RedisUnavailableException>(() => lane.ForwardAsync(Message(Guid.NewGuid()), Token));
        await UntilAsync("It is not used", () => master.Unavailable is not null);
        await connection.Lost.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System, Token);
    }

    [Fact]
    public async Task Should_not_count_a_write_that_no_replica_has()
    {
        var cluster = await StartClusterAsync();
        var (_, lane) = await OpenAsync(cluster);
        await cluster.KillAsync(ClusterNames.RedisReplica);

        var refused = await Assert.ThrowsAsync<RedisUnavailableException>(() => lane.ForwardAsync(Message(Guid.NewGuid()), Token));
        Assert.Contains("0 of 1 replicas", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RedisUnavailableException>(() => lane.ProbeAsync(Token));

        await cluster.UpAsync(ClusterNames.RedisReplica);
        await UntilAsync("It takes again", async token =>
        {
            try
            {
                await lane.ProbeAsync(token);
                return true;
            }
            catch (RedisUnavailableException)
            {
                return false;
            }
        });
        await lane.ForwardAsync(Message(Guid.NewGuid()), Token);
    }

    [Fact]
    public async Task Should_go_on_with_the_known_master_while_the_sentinels_are_down()
    {
        var cluster = await StartClusterAsync();
        var (master, lane) = await OpenAsync(cluster);
        await cluster.KillAsync([.. ClusterNames.Sentinels]);
        await using (var load = new LaneLoad(lane))
            await UntilConfirmedAsync(load, 5_000);

        // Even over a connection that has to be made anew.
        var returned = master.Returned.Next;
        master.Connection.Dispose();
        await returned.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System, Token);
        await lane.ForwardAsync(Message(Guid.NewGuid()), Token);

        Assert.Equal(cluster.RedisMaster, lane.Master);
    }

    private static Task UntilConfirmedAsync(LaneLoad load, int more)
    {
        var before = load.Confirmed.Count;
        return UntilAsync($"{more} more are confirmed", () => load.Confirmed.Count >= before + more);
    }

    private async Task AssertAllThereAsync(LaneLoad load, string endpoint)
    {
        var there = (await StreamAsync(endpoint)).ToHashSet();
        var missing = load.Confirmed.Index().Where(write => !there.Contains(write.Item)).Select(write => write.Index).ToList();
        Assert.True(
            missing.Count == 0,
            $"{missing.Count} of {load.Confirmed.Count} confirmed writes are not there, from the {missing.FirstOrDefault()}th to the {missing.LastOrDefault()}th");
    }

    private static async Task FailOverAsync(Cluster cluster)
    {
        var sentinel = cluster.Sentinels.Split(',')[0];
        using var connection = await ConnectionMultiplexer.ConnectAsync(
            new ConfigurationOptions { EndPoints = { sentinel }, Password = cluster.SentinelPassword, CommandMap = CommandMap.Sentinel, TieBreaker = "" });
        await connection.GetServer(sentinel).SentinelFailoverAsync("mymaster");
    }

    private static bool Same(string? one, string? other) => string.Equals(one, other, StringComparison.Ordinal);

    private static string NameOf(Cluster cluster, string endpoint) =>
        Same(cluster.Address(ClusterNames.RedisMaster), endpoint) ? ClusterNames.RedisMaster : ClusterNames.RedisReplica;

    /// <summary>Lets the Sentinels choose again, should the spare server be the master.</summary>
    private async Task<bool> PromoteAnotherAsync(Cluster cluster, RedisMaster master, RedisServer spare)
    {
        if (!Same(master.Endpoint, spare.Endpoint))
            return false;
        await FailOverAsync(cluster);
        await UntilAsync("A server of the cluster is the master", () => master.Unavailable is null && !Same(master.Endpoint, spare.Endpoint));
        await UntilAsync("It has its replicas", token => HasReplicasAsync(master.Endpoint!, 2, token));
        return true;
    }

    private async Task<(RedisMaster Master, RedisLane Lane)> OpenAsync(Cluster cluster)
    {
        var options = Behind(cluster) with { MaxStreamLength = 5_000_000 };
        var master = await FindMasterAsync(options);
        return (master, Lane(master, options));
    }
}
