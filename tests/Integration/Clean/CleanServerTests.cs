using BusIngest.Api.Commands;
using BusIngest.Bus;
using BusIngest.Bus.Redis;
using BusIngest.Bus.Storage.Postgres;
using BusIngest.Bus.Transports.RabbitMq;
using Npgsql;
using RabbitMQ.Client;

namespace BusIngest.Integration.Clean;

/// <summary>What `clean` deletes on servers, and what it leaves there.</summary>
public sealed class CleanServerTests(SharedServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_purge_queues_of_ours_and_keep_them()
    {
        await using var vhost = await servers.VhostAsync(Token);
        await using var connection = await new ConnectionFactory { Uri = new Uri(vhost.Url) }.CreateConnectionAsync(Token);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Token);
        foreach (var queue in new[] { "cars-store", "others" })
        {
            await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, cancellationToken: Token);
            await channel.BasicPublishAsync("", queue, "one"u8.ToArray(), Token);
            await channel.BasicPublishAsync("", queue, "two"u8.ToArray(), Token);
        }

        var clean = new CleanRabbitMq(RabbitMqUrl.Parse(vhost.Url), ["cars-store", "not-there-yet"]);
        var before = await clean.CountAsync(Token);
        await clean.CleanAsync(Token);

        Assert.Equal([new CleanItem("cars-store", 2, "messages")], before.Items);
        Assert.Equal(0u, (await channel.QueueDeclarePassiveAsync("cars-store", Token)).MessageCount);
        Assert.Equal(2u, (await channel.QueueDeclarePassiveAsync("others", Token)).MessageCount);
    }

    [Fact]
    public async Task Should_empty_streams_and_delete_keys_of_ours_on_the_master()
    {
        await using var redis = await servers.ProbeMasterAsync();
        await redis.Database.ExecuteAsync("XGROUP", "CREATE", "busingest:clean-test", "relays", "0", "MKSTREAM");
        await redis.Database.ExecuteAsync("XADD", "busingest:clean-test", "*", "body", "x");
        await redis.Database.ExecuteAsync("SET", "busingest:cache:clean-test", "x");
        await redis.Database.ExecuteAsync("SET", "other:clean-test", "x");

        var clean = new CleanRedis(new RedisOptions
        {
            UseSentinel = true,
            SentinelHosts = servers.Cluster.Sentinels.Split(','),
            Access = new RedisAccess { Password = new ReloadableText(servers.Cluster.RedisPassword) },
            SentinelAccess = new RedisAccess { Password = new ReloadableText(servers.Cluster.SentinelPassword) },
        });
        var before = await clean.CountAsync(Token);
        await clean.CleanAsync(Token);

        Assert.Contains(new CleanItem("busingest:clean-test", 1, "entries"), before.Items);
        Assert.Contains(before.Items, item => item is { Name: "busingest:cache:*", Count: >= 1 });
        Assert.Equal(0, (await clean.CountAsync(Token)).Total);
        Assert.Equal(1, (long)await redis.Database.ExecuteAsync("XLEN", "busingest:clean-test") + (long)await redis.Database.ExecuteAsync("EXISTS", "busingest:clean-test"));
        Assert.Equal(0, (long)await redis.Database.ExecuteAsync("EXISTS", "busingest:cache:clean-test"));
        Assert.Equal(1, (long)await redis.Database.ExecuteAsync("DEL", "other:clean-test"));
    }

    [Fact]
    public async Task Should_empty_tables_beside_a_writer_and_keep_the_ledger_right()
    {
        await using var database = await servers.DatabaseAsync(Token);
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await RunAsync(source, """
            CREATE TABLE cars (id int);
            CREATE TABLE car_ledger (id int PRIMARY KEY, stored bigint, known bigint, redelivered bigint);
            CREATE TABLE accepted (run_id uuid, message_type text, instance uuid, records bigint, parked bigint, reported_at timestamptz, PRIMARY KEY (run_id, message_type))
            """);
        var clean = new CleanPostgres(
            new PostgresOptions { ConnectionString = database.Url },
            [new CleanTable("cars", false, "DELETE FROM cars"), new CleanTable("absent", false, "DELETE FROM absent")],
            []);

        using var stop = new CancellationTokenSource();
        var writing = WriteAsync(source, stop.Token);
        for (var round = 0; round < 3; round++)
            await clean.CleanAsync(Token);
        await stop.CancelAsync();
        await writing;

        Assert.Equal(await RunAsync(source, "SELECT count(*)::int FROM cars"), await RunAsync(source, "SELECT sum(stored)::int FROM car_ledger"));
        Assert.InRange(await RunAsync(source, "SELECT sum(records)::int FROM accepted"), int.MinValue, await RunAsync(source, "SELECT sum(stored)::int FROM car_ledger"));
        await clean.CleanAsync(Token);
        Assert.Equal(new CleanItem("cars", 0, "rows"), Assert.Single((await clean.CountAsync(Token)).Items));
    }

    [Fact]
    public async Task Should_say_which_server_is_out_of_reach()
    {
        var clean = new CleanPostgres(new PostgresOptions { ConnectionString = "postgres://u:hush@127.0.0.1:1/d" }, [], []);

        var failure = await Assert.ThrowsAsync<CommandException>(() => clean.CountAsync(Token));

        Assert.StartsWith("PostgreSQL 127.0.0.1:1/d: ", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>As processes do: rows and their count in one transaction; what they accepted as a total since their start, later and with some that were purged.</summary>
    private static async Task WriteAsync(NpgsqlDataSource source, CancellationToken stop)
    {
        var run = Guid.NewGuid();
        for (var total = 10; !stop.IsCancellationRequested; total += 12)
        {
            await RunAsync(source, """
                BEGIN;
                INSERT INTO cars SELECT generate_series(1, 10);
                INSERT INTO car_ledger VALUES (1, 10, 0, 0) ON CONFLICT (id) DO UPDATE SET stored = car_ledger.stored + 10;
                COMMIT
                """);
            await RunAsync(source, $"""
                INSERT INTO accepted VALUES ('{run}', 'CarGenerated', '{run}', {total}, 0, now())
                ON CONFLICT (run_id, message_type) DO UPDATE SET records = excluded.records
                """);
        }
    }

    private static async Task<int> RunAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Token) is int value ? value : 0;
    }
}
