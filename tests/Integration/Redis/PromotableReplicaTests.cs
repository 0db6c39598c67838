using BusIngest.Bus.Redis;
using BusIngest.Support.Servers;

namespace BusIngest.Integration.Redis;

/// <summary>A write is not confirmed while any replica lacks it that a Sentinel may have promoted, or may yet promote.</summary>
public sealed class PromotableReplicaTests : RedisTest
{
    [Fact]
    public async Task Should_not_forget_over_a_new_connection_a_replica_that_was_promoted()
    {
        var cluster = await StartClusterAsync();
        await StartReplicaAsync(cluster);
        var options = Behind(cluster);
        var master = await FindMasterAsync(options);
        var lane = Lane(master, options);
        await lane.ForwardAsync(Message(Guid.NewGuid()), Token);
        // Nobody tells of it.
        await cluster.FreezeAsync([.. ClusterNames.Sentinels]);
        await PromoteAsync(cluster);

        var returned = master.Returned.Next;
        master.Connection.Dispose();
        await returned.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System, Token);

        Assert.Equal(cluster.RedisMaster, master.Endpoint);
        var refused = await Assert.ThrowsAsync<RedisUnavailableException>(() => lane.ForwardAsync(Message(Guid.NewGuid()), Token));
        Assert.Contains("1 of 2 replicas", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_wait_for_a_replica_that_was_promoted_before_it_was_first_looked()
    {
        var cluster = await StartClusterAsync();
        await StartReplicaAsync(cluster);
        // The Sentinels make it a replica again, some eight seconds later.
        await PromoteAsync(cluster);

        var options = Behind(cluster);
        var lane = Lane(await FindMasterAsync(options), options);

        var refused = await Assert.ThrowsAsync<RedisUnavailableException>(() => lane.ForwardAsync(Message(Guid.NewGuid()), Token));
        Assert.Contains("1 of 2 replicas", refused.Message, StringComparison.Ordinal);
        await UntilConfirmedAsync(lane);
    }

    [Fact]
    public async Task Should_wait_for_a_replica_that_is_being_filled()
    {
        var cluster = await StartClusterAsync();
        var options = Behind(cluster);
        var master = await FindMasterAsync(options);
        var lane = Lane(master, options);
        await lane.ForwardAsync(Message(Guid.NewGuid()), Token);
        await master.Connection.SendAsync("CONFIG", "SET", "repl-diskless-sync", "yes", "repl-diskless-sync-delay", "300").WaitAsync(Token);

        await StartFollowerAsync(cluster);
        await UntilAsync("It is being filled", async token => (await master.Connection.ReplicationAsync().WaitAsync(token)).Replicas.Count == 2);

        await Assert.ThrowsAsync<RedisUnavailableException>(() => lane.ForwardAsync(Message(Guid.NewGuid()), Token));
        await master.Connection.SendAsync("CONFIG", "SET", "repl-diskless-sync-delay", "0").WaitAsync(Token);
        await UntilConfirmedAsync(lane);
    }

    /// <summary>As a Sentinel does it, a moment before it tells anyone.</summary>
    private async Task PromoteAsync(Cluster cluster)
    {
        using (var replica = await RedisConnection.OpenAsync(cluster.Address(ClusterNames.RedisReplica), Access, Token))
            await replica.SendAsync("REPLICAOF", "NO", "ONE").WaitAsync(Token);
        using var master = await RedisConnection.OpenAsync(cluster.RedisMaster, Access, Token);
        await UntilAsync("The master has noticed", async token => (await master.ReplicationAsync().WaitAsync(token)).Replicas.Count == 1);
    }

    private static Task UntilConfirmedAsync(RedisLane lane) => UntilAsync("It is confirmed", async token =>
    {
        try
        {
            await lane.ForwardAsync(Message(Guid.NewGuid()), token);
            return true;
        }
        catch (RedisUnavailableException)
        {
            return false;
        }
    });
}
