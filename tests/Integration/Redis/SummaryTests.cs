using BusIngest.Api.Summaries;
using BusIngest.Bus.Redis;
using BusIngest.Bus.Supervision;
using BusIngest.Workers.Events;
using Microsoft.Extensions.Logging.Abstractions;

namespace BusIngest.Integration.Redis;

/// <summary>Summaries that several processes share, and hear of one another's writes.</summary>
public sealed class SummaryTests : RedisTest
{
    private const string Window = "last_7d";

    private static readonly SummaryOptions Options = new() { MaxAge = TimeSpan.FromMinutes(1) };

    [Fact]
    public async Task Should_take_what_another_process_has_read()
    {
        var server = await StartAloneAsync();
        var (one, other) = (Shared(await FindMasterAsync(At(server))), Shared(await FindMasterAsync(At(server))));
        var summary = Summary(5);

        await one.GetAsync("a", Window, fresh: false, () => Task.FromResult(summary));
        var taken = await other.GetAsync("a", Window, fresh: false, () => throw new InvalidOperationException("It is there"));

        Assert.Equal((summary.AccountId, summary.Totals, summary.AsOf), (taken.AccountId, taken.Totals, taken.AsOf));
        Assert.Equal(summary.TopUsers, taken.TopUsers);
        Assert.Equal(6, (await other.GetAsync("a", Window, fresh: true, () => Task.FromResult(Summary(6)))).Totals.Sum);
        Assert.Equal(7, (await other.GetAsync("b", Window, fresh: false, () => Task.FromResult(Summary(7)))).Totals.Sum);
    }

    [Fact]
    public async Task Should_hear_of_a_write_of_another_process_and_take_nothing_from_before()
    {
        var server = await StartAloneAsync();
        var master = await FindMasterAsync(At(server));
        var (shared, cache) = (Shared(master), new SummaryCache(Options, TimeProvider.System));
        var count = 1;
        using var listener = new SummaryListener(new RedisNews(master, TimeProvider.System, NullLogger<RedisNews>.Instance), cache, Supervisor());
        await listener.StartAsync(Token);
        Assert.Equal(1, await AskAsync());
        count = 2;
        // It may just have begun to listen, which makes it forget all.
        await UntilAsync("It is kept", async _ => await AskAsync() == await AskAsync());

        using var news = new SummaryNews(Scripts(await FindMasterAsync(At(server))), TimeProvider.System, Supervisor());
        await news.StartAsync(Token);
        count = 3;
        news.Stored(["b", "a \"quoted\" one", "a"]);

        await UntilAsync("It is read again", async _ => await AskAsync() == 3);
        await news.StopAsync(Token);
        await listener.StopAsync(Token);

        async Task<long> AskAsync() => (await cache.GetAsync(
            "a", Window, fresh: false, asksDatabase => shared.GetAsync("a", Window, asksDatabase, () => Task.FromResult(Summary(count))), Token)).Totals.Sum;
    }

    private static Supervisor Supervisor() => new(TimeProvider.System, NullLogger<Supervisor>.Instance);

    [Fact]
    public async Task Should_read_by_itself_while_redis_is_away()
    {
        var server = await StartAloneAsync();
        var shared = Shared(await FindMasterAsync(At(server)));
        await shared.GetAsync("a", Window, fresh: false, () => Task.FromResult(Summary(1)));
        await server.DisposeAsync();

        Assert.Equal(2, (await shared.GetAsync("a", Window, fresh: false, () => Task.FromResult(Summary(2)))).Totals.Sum);
    }

    private static SharedSummaries Shared(RedisMaster master) => new(Scripts(master), Options);

    private static RedisScripts Scripts(RedisMaster master) => new(master, TimeProvider.System, "", NullLogger.Instance);

    private static AccountSummary Summary(long events) =>
        new("a", new EventTotals(events, 0, 0, 0, 0), [new UserEvents("u", events)], DateTimeOffset.UnixEpoch.AddMilliseconds(events));
}
