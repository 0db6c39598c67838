using BusIngest.Support;
using BusIngest.Support.Servers;
using Npgsql;

namespace BusIngest.Integration.Servers;

/// <summary>What the tests that break servers count on.</summary>
public sealed class ClusterTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_come_back_with_its_data_on_its_port_when_killed()
    {
        await using var cluster = await Cluster.StartAsync(ClusterNames.Postgres);
        await using var database = await ScratchDatabase.CreateAsync(cluster.DatabaseUrl, Token);
        await RunAsync(database, "CREATE TABLE kept (i int); INSERT INTO kept VALUES (1)", Token);

        await cluster.KillAsync(ClusterNames.Postgres);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => RunAsync(database, "SELECT 1", Token));
        await cluster.RestartAsync(ClusterNames.Postgres);

        Assert.Equal(1, await RunAsync(database, "SELECT i FROM kept", Token));
    }

    [Fact]
    public async Task Should_answer_nobody_while_frozen()
    {
        await using var cluster = await Cluster.StartAsync(ClusterNames.Postgres);
        await using var database = await ScratchDatabase.CreateAsync(cluster.DatabaseUrl, Token);

        await cluster.FreezeAsync(ClusterNames.Postgres);
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(500), TimeProvider.System);
        await Assert.ThrowsAnyAsync<Exception>(() => RunAsync(database, "SELECT 1", patience.Token));
        Assert.True(patience.IsCancellationRequested, "It failed before its time, as a stopped server does");
        await cluster.ThawAsync(ClusterNames.Postgres);

        Assert.Equal(1, await RunAsync(database, "SELECT 1", Token));
    }

    [Fact]
    public async Task Should_promote_the_replica_when_the_master_is_killed()
    {
        await using var cluster = await Cluster.StartAsync([ClusterNames.RedisMaster, ClusterNames.RedisReplica, .. ClusterNames.Sentinels]);
        await using var sentinel = cluster.Probe(ClusterNames.Sentinel2);

        await cluster.KillAsync(ClusterNames.RedisMaster);

        await Eventually.BecomesAsync(
            "The replica is the master",
            async _ => (await sentinel.Server.SentinelGetMasterAddressByNameAsync("mymaster"))?.ToString(),
            master => string.Equals(master, cluster.Address(ClusterNames.RedisReplica), StringComparison.Ordinal),
            Deadline,
            Token);
    }

    [Fact]
    public async Task Should_run_side_by_side()
    {
        await using var one = await Cluster.StartAsync(ClusterNames.RabbitMq);
        await using var other = await Cluster.StartAsync(ClusterNames.RabbitMq);
        await using var vhost = await ScratchVhost.CreateAsync(one, Token);

        await other.KillAsync(ClusterNames.RabbitMq);

        Assert.Empty(await vhost.QueuesAsync(Token));
        Assert.NotEqual(one.RabbitMqUrl, other.RabbitMqUrl, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Should_say_why_it_does_not_start()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => Cluster.StartAsync("mongodb"));

        Assert.Contains("there is no component mongodb", failure.Message, StringComparison.Ordinal);
    }

    private static async Task<int> RunAsync(ScratchDatabase database, string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellationToken) is int value ? value : 0;
    }
}
