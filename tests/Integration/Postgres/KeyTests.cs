using BusIngest.Bus.Delivery;
using BusIngest.Bus.Idempotency;

namespace BusIngest.Integration.Postgres;

/// <summary>Idempotency keys in PostgreSQL.</summary>
public sealed class KeyTests(SharedServers servers) : PostgresTest(servers)
{
    [Fact]
    public async Task Should_give_one_who_claims_the_key_and_all_one_seed_in_two_processes()
    {
        var keys = new[] { (await StartAsync()).Get<IdempotencyKeys>(), (await StartAsync()).Get<IdempotencyKeys>() };

        var claims = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => keys[i % 2].ClaimAsync("key", "body")));

        Assert.All(claims, claim => Assert.Equal((true, claims[0].Seed, null), (claim.Matches, claim.Seed, claim.Answer)));
        var owner = Assert.Single(claims, claim => claim.IsMine);
        Assert.True(owner.IsFirst);
        Assert.False((await keys[0].ClaimAsync("key", "another body")).Matches);

        // Its hold is over, as after a crash: another takes it, and knows that something may have been done.
        await ExecuteAsync("UPDATE idempotency_keys SET held_until = held_until - interval '1 minute'");
        var second = await keys[1].ClaimAsync("key", "body");
        Assert.Equal((true, false, owner.Seed), (second.IsMine, second.IsFirst, second.Seed));
        await keys[0].ReleaseAsync("key", owner);
        await keys[1].ReleaseAsync("key", second);
        await keys[0].RenewAsync("key", owner);
        Assert.Equal(1, Assert.Single(await ListAsync<long>("SELECT count(*) FROM idempotency_keys")));
    }

    [Fact]
    public async Task Should_keep_the_first_answer()
    {
        var (first, second) = ((await StartAsync()).Get<IdempotencyKeys>(), (await StartAsync()).Get<IdempotencyKeys>());
        var owner = await first.ClaimAsync("key", "body");
        await first.SaveAnswerAsync("key", new IdempotentAnswer(202, [1, 2], "Location: /x"));
        await second.SaveAnswerAsync("key", new IdempotentAnswer(500, [3]));
        // What has an answer is not released.
        await second.ReleaseAsync("key", owner);

        var claim = await second.ClaimAsync("key", "body");

        Assert.Equal(202, claim.Answer!.Status);
        Assert.Equal([1, 2], claim.Answer.Body);
        Assert.Equal("Location: /x", claim.Answer.Head);
        Assert.Equal(202, (await first.FindAnswerAsync("key"))!.Value.Answer.Status);
        Assert.Null(await first.FindAnswerAsync("another"));
    }

    [Fact]
    public async Task Should_forget_a_key_that_is_given_back_and_one_that_is_old()
    {
        var process = await StartAsync();
        var keys = process.Get<IdempotencyKeys>();
        var back = await keys.ClaimAsync("given back", "body");
        await keys.ClaimAsync("old", "body");
        await keys.ReleaseAsync("given back", back);
        Assert.True((await keys.ClaimAsync("given back", "another body")).Matches);

        await ExecuteAsync("UPDATE idempotency_keys SET claimed_at = claimed_at - interval '25 hours' WHERE key = 'old'");
        var deleted = await process.Get<IRetiredRows>().DeleteKeysAsync(TimeProvider.System.GetUtcNow().AddHours(-24), 10, Token);

        Assert.Equal(1, deleted);
        Assert.Equal(["given back"], await ListAsync<string>("SELECT key FROM idempotency_keys"));
    }
}
