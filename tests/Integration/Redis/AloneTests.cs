using BusIngest.Bus.Redis;

namespace BusIngest.Integration.Redis;

/// <summary>The lane over a server that is alone.</summary>
public sealed class AloneTests : RedisTest
{
    [Fact]
    public async Task Should_write_what_it_is_given_field_by_field()
    {
        var server = await StartAloneAsync();
        var lane = Lane(await FindMasterAsync(At(server)), At(server));
        Guid[] ids = [Guid.NewGuid(), Guid.NewGuid()];

        await lane.ForwardAsync(Message(ids[0]), Token);
        await lane.ForwardAsync(Message(ids[1], endpoint: "notes"), Token);

        Assert.Equal(ids, await StreamAsync(server.Endpoint));
        Assert.Equal(server.Endpoint, lane.Master);
        Assert.Null(lane.LastPromotion);
    }

    [Fact]
    public async Task Should_keep_the_order_of_one_caller_and_all_of_many()
    {
        var server = await StartAloneAsync();
        var lane = Lane(await FindMasterAsync(At(server)), At(server));
        var ids = Enumerable.Range(0, 2_000).Select(_ => Guid.NewGuid()).ToArray();

        await Task.WhenAll(ids.Select(id => lane.ForwardAsync(Message(id), Token)));

        Assert.Equal(ids, await StreamAsync(server.Endpoint));
    }

    [Fact]
    public async Task Should_leave_nothing_behind_after_a_test_write()
    {
        var server = await StartAloneAsync();
        var lane = Lane(await FindMasterAsync(At(server)), At(server));

        await lane.ProbeAsync(Token);

        Assert.Empty(await StreamAsync(server.Endpoint));
        using var connection = await RedisConnection.OpenAsync(server.Endpoint, RedisAccess.Open, Token);
        await UntilAsync("It is gone", async token => (long)await connection.SendAsync("DBSIZE").WaitAsync(token) == 0);
    }

    [Fact]
    public async Task Should_refuse_a_server_that_would_lose_what_it_confirmed()
    {
        var server = await StartAloneAsync(appendFsync: "everysec");
        var master = Own(await WatchAsync(At(server)));

        await UntilAsync("It is refused", () => master.Unavailable?.Contains("appendfsync always", StringComparison.Ordinal) == true);

        await Assert.ThrowsAsync<RedisUnavailableException>(() => Lane(master, At(server)).ForwardAsync(Message(Guid.NewGuid()), Token));
        Assert.Empty(await StreamAsync(server.Endpoint));
    }

    [Fact]
    public async Task Should_refuse_once_the_stream_is_full_and_take_again_when_there_is_room()
    {
        var server = await StartAloneAsync();
        var options = At(server) with { MaxStreamLength = 100 };
        var lane = Lane(await FindMasterAsync(options), options);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 150).Select(_ => TryAsync(() => lane.ForwardAsync(Message(Guid.NewGuid()), Token))));
        Assert.Equal(100, outcomes.Count(isTaken => isTaken));
        Assert.Equal(100, (await StreamAsync(server.Endpoint)).Count);
        Assert.False(await TryAsync(() => lane.ProbeAsync(Token)));

        using var connection = await RedisConnection.OpenAsync(server.Endpoint, RedisAccess.Open, Token);
        await connection.SendAsync("XTRIM", RedisKeys.Outbox, "MAXLEN", 50).WaitAsync(Token);
        Assert.True(await TryAsync(() => lane.ProbeAsync(Token)));
        Assert.True(await TryAsync(() => lane.ForwardAsync(Message(Guid.NewGuid()), Token)));
    }

    [Fact]
    public async Task Should_answer_from_the_cache_and_be_silent_without_a_server()
    {
        var server = await StartAloneAsync();
        var master = await FindMasterAsync(At(server));
        var cache = new RedisCache(master, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<RedisCache>.Instance);

        await cache.SetAsync("timer:1", [1, 2, 3], TimeSpan.FromMinutes(1), Token);
        await cache.SetAsync("timer:2", [4], TimeSpan.FromMilliseconds(1), Token);

        Assert.Equal([1, 2, 3], await cache.GetAsync("timer:1", Token));
        await UntilAsync("It is forgotten", async token => await cache.GetAsync("timer:2", token) is null);
        await server.DisposeAsync();
        Assert.Null(await cache.GetAsync("timer:1", Token));
    }

    private static async Task<bool> TryAsync(Func<Task> write)
    {
        try
        {
            await write();
            return true;
        }
        catch (RedisUnavailableException)
        {
            return false;
        }
    }
}
