using BusIngest.Api.Limits;
using BusIngest.Bus.Redis;
using BusIngest.Support;
using BusIngest.Support.Servers;
using Microsoft.Extensions.Logging.Abstractions;

namespace BusIngest.Integration.Redis;

/// <summary>Limits that several processes share.</summary>
public sealed class LimitTests : RedisTest
{
    private static readonly LimitPolicy Minute = new("account-minute", 100, LimitSpan.Minute, "events");
    private static readonly LimitPolicy Day = new("account-day", 250, LimitSpan.Day, "events");

    [Fact]
    public async Task Should_count_for_all_processes_together()
    {
        var server = await StartAloneAsync();
        var (one, other) = (await LimitsAsync(At(server)), await LimitsAsync(At(server)));

        var granted = await Task.WhenAll(Enumerable.Range(0, 300).Select(async i => (await TakeAsync(i % 2 == 0 ? one : other, (Minute, "a", 1))).IsAllowed));

        Assert.Equal(100, granted.Count(isGranted => isGranted));
        var refused = await TakeAsync(one, (Minute, "a", 1));
        Assert.InRange(refused.WaitMs, 1, 60_000);
        Assert.Equal(new LimitState(0, refused.WaitMs), Assert.Single(refused.States));
        Assert.True((await TakeAsync(other, (Minute, "b", 100))).IsAllowed);
    }

    [Fact]
    public async Task Should_charge_nobody_when_one_of_a_batch_has_too_little_left()
    {
        var server = await StartAloneAsync();
        var limits = await LimitsAsync(At(server));
        await TakeAsync(limits, (Minute, "full", 100), (Day, "full", 100));

        var refused = await TakeAsync(limits, (Minute, "other", 30), (Day, "other", 30), (Minute, "full", 1), (Day, "full", 1));

        Assert.False(refused.IsAllowed);
        Assert.Equal([100, 250, 0, 150], refused.States.Select(state => state.Remaining));
        Assert.Equal([70, 220], (await TakeAsync(limits, (Minute, "other", 30), (Day, "other", 30))).States.Select(state => state.Remaining));
    }

    [Fact]
    public async Task Should_grant_after_the_time_it_names()
    {
        var server = await StartAloneAsync();
        var limits = await LimitsAsync(At(server));
        using var redis = await RedisConnection.OpenAsync(server.Endpoint, RedisAccess.Open, Token);
        await TakeAsync(limits, (Minute, "a", 60));
        await Task.Delay(TimeSpan.FromMilliseconds(1_500), TimeProvider.System, Token);
        await TakeAsync(limits, (Minute, "a", 40));
        var wait = (await TakeAsync(limits, (Minute, "a", 1))).WaitMs;
        Assert.InRange(wait, 57_000, 58_600);

        // As if the first 57 s of it were over.
        await AgeAsync(redis, "a", seconds: 57);
        var left = (await TakeAsync(limits, (Minute, "a", 1))).WaitMs;
        Assert.InRange(left, 1, wait - 57_000 + 50);

        var granted = await TakeAfterAsync(limits, left, (Minute, "a", 60));
        Assert.True(granted.IsAllowed);
        Assert.Equal(0, Assert.Single(granted.States).Remaining);
        Assert.False((await TakeAsync(limits, (Minute, "a", 1))).IsAllowed);
    }

    [Fact]
    public async Task Should_let_its_keys_go()
    {
        var server = await StartAloneAsync();
        var limits = await LimitsAsync(At(server));
        await TakeAsync(limits, (Minute, "a", 1), (Day, "a", 1));
        using var redis = await RedisConnection.OpenAsync(server.Endpoint, RedisAccess.Open, Token);

        Assert.InRange(await TtlAsync(redis, "account-minute:a"), 60_000, 61_000);
        Assert.InRange(await TtlAsync(redis, "account-day:a"), 1, LimitTime.DayMs);
    }

    [Fact]
    public async Task Should_agree_with_the_sums_in_memory()
    {
        TestContext.Current.SendDiagnosticMessage(Seed.Hint);
        var random = Seed.RandomFor(nameof(Should_agree_with_the_sums_in_memory));
        var server = await StartAloneAsync();
        var (shared, local) = (await LimitsAsync(At(server)), new LocalLimits(TimeProvider.System));
        for (var i = 0; i < 2_000; i++)
        {
            (LimitPolicy, string, long)[] charges =
            [
                .. Enumerable.Range(0, random.Next(1, 4)).Select(account => (random.Next(2) == 0 ? Minute : Day, $"{account}-{random.Next(3)}", (long)random.Next(1, 5))),
            ];
            var (there, here) = (await TakeAsync(shared, charges), local.Take(Charges(charges)));
            Assert.Equal(here.IsAllowed, there.IsAllowed);
            Assert.Equal(here.States.Select(state => state.Remaining), there.States.Select(state => state.Remaining));
        }
    }

    [Fact]
    public async Task Should_go_by_what_the_process_itself_granted_while_redis_is_away()
    {
        var server = await StartAloneAsync();
        var (one, other) = (await LimitsAsync(At(server)), await LimitsAsync(At(server)));
        await TakeAsync(one, (Minute, "a", 60));
        await TakeAsync(other, (Minute, "a", 40));
        Assert.False((await TakeAsync(one, (Minute, "a", 1))).IsAllowed);

        await server.DisposeAsync();

        Assert.True((await TakeAsync(one, (Minute, "a", 40))).IsAllowed);
        Assert.False((await TakeAsync(one, (Minute, "a", 1))).IsAllowed);
        Assert.True((await TakeAsync(other, (Minute, "a", 60))).IsAllowed);
        Assert.False((await TakeAsync(other, (Minute, "a", 1))).IsAllowed);
    }

    [Fact]
    public async Task Should_break_no_request_over_the_loss_of_the_master()
    {
        var cluster = await StartClusterAsync();
        var limits = await LimitsAsync(Behind(cluster));
        var old = cluster.RedisMaster;
        var master = Own(await WatchAsync(Behind(cluster)));
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var slowest = TimeSpan.Zero;
        var taking = Task.Run(async () =>
        {
            for (var i = 0; !over.IsCancellationRequested; i++)
            {
                var begun = TimeProvider.System.GetTimestamp();
                Assert.True((await TakeAsync(limits, (Minute, $"{i / 50}", 1))).IsAllowed);
                slowest = TimeProvider.System.GetElapsedTime(begun) is var took && took > slowest ? took : slowest;
            }
        }, Token);

        await cluster.KillAsync(ClusterNames.RedisMaster);
        await UntilAsync("Another is the master", () => master.Unavailable is null && !string.Equals(master.Endpoint, old, StringComparison.Ordinal));
        await UntilAsync("It counts", async token =>
        {
            using var redis = await RedisConnection.OpenAsync(master.Endpoint!, Access, token);
            return (long)await redis.SendAsync("DBSIZE").WaitAsync(token) > 5;
        });
        await over.CancelAsync();
        await taking;

        Assert.InRange(slowest.TotalSeconds, 0, 3);
    }

    private async Task<SharedLimits> LimitsAsync(RedisOptions options)
    {
        var scripts = new RedisScripts(await FindMasterAsync(options), TimeProvider.System, SharedLimits.WhileAway, NullLogger.Instance);
        return new SharedLimits(new LocalLimits(TimeProvider.System), scripts);
    }

    private static ValueTask<LimitOutcome> TakeAsync(SharedLimits limits, params (LimitPolicy Policy, string Partition, long Units)[] charges) =>
        limits.TakeAsync(Charges(charges));

    /// <summary>Tries again after a time. Timers here may end some milliseconds before Redis's clock says so: then the rest is waited for, too.</summary>
    private static async Task<LimitOutcome> TakeAfterAsync(SharedLimits limits, long waitMs, (LimitPolicy Policy, string Partition, long Units) charge)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(waitMs), TimeProvider.System, Token);
        var outcome = await TakeAsync(limits, charge);
        if (outcome.IsAllowed)
            return outcome;
        Assert.InRange(outcome.WaitMs, 1, 20);
        await Task.Delay(TimeSpan.FromMilliseconds(outcome.WaitMs + 20), TimeProvider.System, Token);
        return await TakeAsync(limits, charge);
    }

    private static LimitCharge[] Charges((LimitPolicy Policy, string Partition, long Units)[] charges) =>
        [.. charges.DistinctBy(charge => (charge.Policy, charge.Partition)).Select(charge => new LimitCharge(charge.Policy, charge.Partition, charge.Units))];

    private static async Task<long> TtlAsync(RedisConnection redis, string key) =>
        (long)await redis.SendAsync("PTTL", $"{RedisKeys.Prefix}limit:{key}").WaitAsync(Token);

    /// <summary>Moves everything that was taken into the past.</summary>
    private static async Task AgeAsync(RedisConnection redis, string account, int seconds) => await redis.SendAsync(
        "EVAL",
        """
        local old = redis.call('HGETALL', KEYS[1])
        local new = {}
        for i = 1, #old, 2 do
          local field, value = old[i], old[i + 1]
          if field == 'o' or field == 'n' then value = value - ARGV[1] elseif field ~= 'u' then field = field - ARGV[1] end
          new[#new + 1] = field
          new[#new + 1] = value
        end
        redis.call('DEL', KEYS[1])
        redis.call('HSET', KEYS[1], unpack(new))
        return {}
        """,
        1,
        $"{RedisKeys.Prefix}limit:account-minute:{account}",
        seconds).WaitAsync(Token);
}
