using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace BusIngest.Integration.Redis;

/// <summary>Two api processes and a worker over RabbitMQ, PostgreSQL and Redis: one limit, and summaries that hear of writes.</summary>
public sealed class SeveralProgramsTests(SharedServers servers) : RedisTest
{
    [Fact]
    public async Task Should_share_limits_and_hear_of_one_anothers_writes()
    {
        await using var database = await servers.DatabaseAsync(Token);
        await using var vhost = await servers.VhostAsync(Token);
        var redis = await StartAloneAsync();
        (string, string)[] shared =
        [
            ("DATABASE_URL", database.Url), ("RABBITMQ_URL", vhost.Url), ("REDIS_HOST", "127.0.0.1"), ("REDIS_PORT", $"{redis.Port}"),
            ("RATE_LIMIT_PER_MINUTE", "0"), ("ACCOUNT_EVENTS_PER_MINUTE", "40"), ("Summaries__MaxAgeMs", "60000"),
        ];
        var worker = Own(await ServedProgram.StartAsync([.. shared, ("ROLES", "workers,sagas,scheduler")]));
        var one = Own(await ServedProgram.StartAsync([.. shared, ("ROLES", "api")]));
        var other = Own(await ServedProgram.StartAsync([.. shared, ("ROLES", "api")]));
        await UntilAsync("All have found Redis", async token => await IsReadyAsync(one, token) && await IsReadyAsync(other, token) && await IsReadyAsync(worker, token));

        // So that both have something to forget.
        Assert.Equal((0, 0), (await CountAsync(one), await CountAsync(other)));
        var (first, job) = await PostAsync(one, 15);
        var (second, _) = await PostAsync(other, 15);
        var (refused, _) = await PostAsync(one, 11);
        var (last, _) = await PostAsync(one, 10);
        var (over, _) = await PostAsync(other, 1);

        Assert.Equal(
            [HttpStatusCode.Accepted, HttpStatusCode.Accepted, HttpStatusCode.TooManyRequests, HttpStatusCode.Accepted, HttpStatusCode.TooManyRequests],
            new[] { first, second, refused, last, over });
        // Far sooner than what they keep is too old.
        await UntilAsync("Both have all", async _ => await CountAsync(one) == 40 && await CountAsync(other) == 40);
        Assert.Equal(40, await CountAsync(one, $"&after={job}"));
    }

    private static async Task<bool> IsReadyAsync(ServedProgram program, CancellationToken token)
    {
        using var document = JsonDocument.Parse(await program.Http.GetStringAsync("health", token));
        return document.RootElement.GetProperty("status").ValueEquals("healthy");
    }

    private static async Task<(HttpStatusCode Status, string? Job)> PostAsync(ServedProgram program, int events)
    {
        var all = Enumerable.Range(0, events).Select(_ =>
            $$"""{"event_id":"{{Guid.NewGuid()}}","account_id":"acct","user_id":"u","type":"login","timestamp":"2026-01-31T12:00:00Z"}""");
        using var body = new StringContent($$"""{"events":[{{string.Join(",", all)}}]}""", new MediaTypeHeaderValue("application/json"));
        using var answer = await program.Http.PostAsync("events", body, Token);
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token));
        return (answer.StatusCode, document.RootElement.TryGetProperty("jobId", out var job) ? job.GetString() : null);
    }

    private static async Task<long> CountAsync(ServedProgram program, string more = "")
    {
        using var document = JsonDocument.Parse(
            await program.Http.GetStringAsync($"accounts/acct/summary?from=2026-01-01T00:00:00Z&to=2026-02-28T00:00:00Z{more}", Token));
        return document.RootElement.GetProperty("totals").EnumerateObject().Sum(total => total.Value.GetInt64());
    }
}
