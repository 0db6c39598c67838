using System.Net;
using BusIngest.Bus.Redis;
using BusIngest.Support;
using BusIngest.Support.Cars;
using BusIngest.Support.Servers;

namespace BusIngest.Integration.Redis;

/// <summary>The whole program with Redis as its lane: what the server answers, what lies in its stream, and what the ledger makes of it.</summary>
public sealed class ProgramTests(SharedServers servers) : RedisTest
{
    /// <summary>Few let most writes through, so that they fail in the middle; with many the lane is hardly ever in use.</summary>
    private static readonly int[] Percents = [4, 15, 50];

    private const int CarsAtOnce = 20;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Trouble = TimeSpan.FromSeconds(6);

    /// <summary>Within this the lane is in use again after the last fault.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Should_lose_nothing_whatever_the_server_answers()
    {
        TestContext.Current.SendDiagnosticMessage(Seed.Hint);
        var random = Seed.RandomFor("redis error walk");
        var server = await StartAloneAsync();
        await using var proxy = new RedisFaultProxy(server.Port, random.Next());
        var program = Own(await StartAsync(proxy.Port));
        var cars = new CarsApi(() => program.Http.BaseAddress);
        var accepted = 0L;
        List<string> late = [];
        for (var round = 1; round <= Rounds.Full; round++)
        {
            proxy.Trouble(Percents[round % Percents.Length]);
            var begun = TimeProvider.System.GetTimestamp();
            while (TimeProvider.System.GetElapsedTime(begun) < Trouble)
                accepted += await PostAsync(cars, random);

            proxy.Trouble(0);
            begun = TimeProvider.System.GetTimestamp();
            await UntilAsync("The lane is in use", async token => (await cars.GetAsync("outbox", token)).GetProperty("mode").ValueEquals("REDIS_MODE"));
            var back = TimeProvider.System.GetElapsedTime(begun);
            if (back > MachineLoad.Stretch(Soon))
                late.Add($"After round {round} it took {back.TotalSeconds:0.0} s to go on");
            accepted += await PostAsync(cars, random);
            await StoredAsync(cars, accepted);
            TestContext.Current.SendDiagnosticMessage(
                $"Round {round}: {proxy.Faults} faults, {accepted} cars; lane back after {back.TotalSeconds:0.0} s, all stored after {TimeProvider.System.GetElapsedTime(begun).TotalSeconds:0.0} s");
        }

        var end = await cars.StatsAsync(Token);
        Assert.Equal((accepted, accepted, 0L, 0L), (end.Generated, end.Stored, end.Lost, end.Duplicates));
        Assert.Empty((await cars.GetAsync("messages/failed", Token)).GetProperty("messages").EnumerateArray());
        await UntilAsync("Nothing is left in the stream", async _ => await LengthAsync(server.Endpoint) == 0);
        Assert.Empty(late);
    }

    [Fact]
    public async Task Should_bring_entries_that_nobody_takes_to_the_failed_messages_and_hold_up_no_others()
    {
        var server = await StartAloneAsync();
        using (var connection = await RedisConnection.OpenAsync(server.Endpoint, RedisAccess.Open, Token))
        {
            for (var i = 0; i < 100; i++)
            {
                var entry = Message(Guid.NewGuid(), endpoint: i % 2 == 0 ? "nobody-here" : null, type: i % 3 == 0 ? "NeverHeardOf" : "CarGenerated");
                await connection.SendAsync("XADD", [RedisKeys.Outbox, "*", .. OutboxStream.Fields(entry with { Body = "{}"u8.ToArray() })]).WaitAsync(Token);
            }
        }

        var program = Own(await StartAsync(server.Port));
        var cars = new CarsApi(() => program.Http.BaseAddress);
        await UntilAsync("The lane is in use", async token => (await cars.GetAsync("health", token)).GetProperty("services").GetProperty("redis").ValueEquals("healthy"));
        var accepted = await PostAsync(cars, Seed.RandomFor("stuck entries"));

        await UntilAsync("What is good is stored", async token => (await cars.StatsAsync(token)).Stored == accepted);
        await UntilAsync("The others are kept", async token => (await cars.GetAsync("messages/failed?limit=1000", token)).GetProperty("messages").GetArrayLength() == 100);
        await UntilAsync("Nothing is left in the stream", async _ => await LengthAsync(server.Endpoint) == 0);
    }

    [Fact]
    public async Task Should_take_in_and_store_past_a_server_that_evicts_and_say_so()
    {
        var server = Own(await RedisServer.StartAsync(Token, "--appendonly", "yes", "--appendfsync", "always", "--maxmemory", "8mb", "--maxmemory-policy", "allkeys-lru"));
        var program = Own(await StartAsync(server.Port));
        var cars = new CarsApi(() => program.Http.BaseAddress);
        var random = Seed.RandomFor("evicting server");
        var accepted = 0L;
        for (var i = 0; i < 50; i++)
            accepted += await PostAsync(cars, random);

        await StoredAsync(cars, accepted);
        Assert.Equal((accepted, 0L), ((await cars.StatsAsync(Token)).Generated, (await cars.StatsAsync(Token)).Lost));
        Assert.Equal(0, await LengthAsync(server.Endpoint));
        var outbox = await cars.GetAsync("outbox", Token);
        Assert.Contains("maxmemory-policy allkeys-lru", outbox.GetProperty("troubles").ToString(), StringComparison.Ordinal);
        Assert.True((await cars.GetAsync("health", Token)).GetProperty("services").GetProperty("redis").ValueEquals("degraded"));
    }

    [Theory]
    [InlineData(false, false, "in-process")]
    [InlineData(false, false, "redis")]
    [InlineData(false, true, "rabbitmq")]
    [InlineData(false, true, "redis")]
    [InlineData(true, false, "in-process")]
    [InlineData(true, false, "redis")]
    [InlineData(true, true, "rabbitmq")]
    [InlineData(true, true, "redis")]
    public async Task Should_keep_a_ledger_that_adds_up(bool postgres, bool rabbitMq, string lane)
    {
        var server = await StartAloneAsync();
        await using var database = postgres ? await servers.DatabaseAsync(Token) : null;
        await using var vhost = rabbitMq ? await servers.VhostAsync(Token) : null;
        var program = Own(await StartAsync(
            server.Port, ("OUTBOX_LANE", lane), ("DATABASE_URL", database?.Url ?? ""), ("RABBITMQ_URL", vhost?.Url ?? "")));
        var cars = new CarsApi(() => program.Http.BaseAddress);
        await UntilAsync("All is there", async token => (await cars.GetAsync("health", token)).GetProperty("status").ValueEquals("healthy"));
        var random = Seed.RandomFor("ledger");
        var accepted = 0L;
        for (var i = 0; i < 10; i++)
        {
            accepted += await PostAsync(cars, random);
            var stats = await cars.StatsAsync(Token);
            Assert.True(stats.AddsUp, $"{stats}");
        }

        await StoredAsync(cars, accepted);
        var end = await cars.StatsAsync(Token);
        Assert.Equal((accepted, accepted, 0L, 0L), (end.Generated, end.Stored, end.Lost, end.Duplicates));
    }

    private static Task<CarStats> StoredAsync(CarsApi cars, long accepted) => Eventually.BecomesAsync(
        $"{accepted} cars are stored", cars.StatsAsync, stats => stats.Stored == accepted && stats.AtRest, Deadline, Token);

    /// <summary>Posts some, and gives how many were accepted.</summary>
    private static async Task<int> PostAsync(CarsApi api, Random random)
    {
        var cars = Enumerable.Range(0, CarsAtOnce).Select(_ => ClientCar.Of(ClientCar.NewId(random))).ToList();
        var answer = await api.PostCarsAsync(cars, Token);
        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        return cars.Count;
    }

    private static Task<ServedProgram> StartAsync(int port, params (string Name, string Value)[] settings) => ServedProgram.StartAsync(
    [
        ("REDIS_HOST", "127.0.0.1"), ("REDIS_PORT", $"{port}"), ("SEEDER_ENABLED", "false"), ("RATE_LIMIT_PER_MINUTE", "0"), .. settings,
    ]);
}
