using System.Text;
using BusIngest.Support;
using BusIngest.Support.Servers;
using Npgsql;
using RabbitMQ.Client;

namespace BusIngest.Integration.Servers;

/// <summary>Each server of the tests answers a client in its own protocol.</summary>
public sealed class ServerTests(SharedServers servers)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_confirm_and_deliver_a_message_of_a_quorum_queue()
    {
        await using var vhost = await servers.VhostAsync(Token);
        await using var connection = await new ConnectionFactory { Uri = new Uri(vhost.Url) }.CreateConnectionAsync(Token);
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), Token);
        await channel.QueueDeclareAsync(
            "smoke", durable: true, exclusive: false, autoDelete: false,
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["x-queue-type"] = "quorum" }, cancellationToken: Token);

        await channel.BasicPublishAsync("", "smoke", mandatory: true, "hello"u8.ToArray(), Token);
        var taken = await channel.BasicGetAsync("smoke", autoAck: true, Token);

        Assert.Equal("hello", Encoding.UTF8.GetString(taken!.Body.Span));
        Assert.Equal(["smoke"], await vhost.QueuesAsync(Token));
    }

    [Fact]
    public async Task Should_keep_databases_apart_and_drop_them()
    {
        string name;
        await using (var one = await servers.DatabaseAsync(Token))
        await using (var other = await servers.DatabaseAsync(Token))
        {
            name = new NpgsqlConnectionStringBuilder(one.ConnectionString).Database!;
            Assert.Equal(0L, await ScalarAsync<long>(one.ConnectionString, "CREATE TABLE t (i int); SELECT count(*) FROM t"));
            Assert.True(await ScalarAsync<bool>(other.ConnectionString, "SELECT to_regclass('t') IS NULL"));
            Assert.Equal("on", await ScalarAsync<string>(one.ConnectionString, "SHOW fsync"));
        }

        await using var last = await servers.DatabaseAsync(Token);
        Assert.Equal(0L, await ScalarAsync<long>(last.ConnectionString, $"SELECT count(*) FROM pg_database WHERE datname = '{name}'"));
    }

    [Fact]
    public async Task Should_have_a_master_whose_replica_takes_its_writes()
    {
        await Eventually.BecomesAsync("A replica has the write", async _ => await WriteAsync(), static replicas => replicas >= 1, Deadline, Token);

        async Task<long> WriteAsync()
        {
            await using var redis = await servers.ProbeMasterAsync();
            await redis.Database.ExecuteAsync("SET", "smoke", "hello");
            return (long)await redis.Database.ExecuteAsync("WAIT", 1, 1_000);
        }
    }

    [Fact]
    public async Task Should_have_sentinels_that_name_the_master()
    {
        var named = await Eventually.BecomesAsync(
            "They name the same one", _ => NamedAsync(), static names => names.Distinct(StringComparer.Ordinal).Count() == 1, Deadline, Token);

        Assert.Contains(named[0], ClusterNames.Redis.Select(servers.Cluster.Address), StringComparer.Ordinal);
    }

    private async Task<string[]> NamedAsync()
    {
        var names = new List<string>();
        foreach (var sentinel in ClusterNames.Sentinels)
        {
            await using var connection = servers.Cluster.Probe(sentinel);
            names.Add($"{await connection.Server.SentinelGetMasterAddressByNameAsync("mymaster")}");
        }

        return [.. names];
    }

    private static async Task<T> ScalarAsync<T>(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(Token))!;
    }
}
