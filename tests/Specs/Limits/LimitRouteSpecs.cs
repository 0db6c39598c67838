using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using BusIngest.Api.Limits;
using BusIngest.Specs.Processes;

namespace BusIngest.Specs.Limits;

/// <summary>The limits as a client meets them.</summary>
public sealed class LimitRouteSpecs : Spec
{
    [Fact]
    public async Task Should_refuse_an_address_that_asks_too_often_and_say_until_when()
    {
        var service = await StartAsync(new LimitOptions { RequestsPerMinute = 3 });
        for (var left = 2; left >= 0; left--)
        {
            using var accepted = await PostAsync(service, ("a", 1));
            Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
            Assert.Equal("\"ip\";q=3;w=60", Header(accepted, "RateLimit-Policy"));
            Assert.StartsWith($"\"ip\";r={left};t=", Header(accepted, "RateLimit"), StringComparison.Ordinal);
        }

        using var refused = await PostAsync(service, ("a", 1));

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        var seconds = (int)refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds;
        Assert.InRange(seconds, 50, 60);
        Assert.Equal($"\"ip\";r=0;t={seconds}", Header(refused, "RateLimit"));
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        var problem = await ReadAsync(refused);
        Assert.Equal("ip", Assert.Single(problem.GetProperty("violated-policies").EnumerateArray()).GetString());
        Assert.Contains("3 requests within 60 s", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_count_summaries_apart_and_other_routes_not_at_all()
    {
        var service = await StartAsync(new LimitOptions { RequestsPerMinute = 1 });
        using var first = await PostAsync(service, ("a", 1));
        using var second = await PostAsync(service, ("a", 1));
        using var summary = await service.Http.GetAsync("accounts/a/summary", Token);
        using var summaryAgain = await service.Http.GetAsync("accounts/a/summary", Token);

        Assert.Equal(
            [HttpStatusCode.Accepted, HttpStatusCode.TooManyRequests, HttpStatusCode.OK, HttpStatusCode.TooManyRequests],
            new[] { first, second, summary, summaryAgain }.Select(answer => answer.StatusCode));
        for (var i = 0; i < 5; i++)
        {
            using var sample = await service.Http.GetAsync("accounts/sample", Token);
            Assert.Equal(HttpStatusCode.OK, sample.StatusCode);
            Assert.False(sample.Headers.Contains("RateLimit-Policy"));
        }
    }

    [Fact]
    public async Task Should_refuse_a_batch_with_an_account_that_sent_too_much_and_charge_nobody()
    {
        var service = await StartAsync(new LimitOptions { RequestsPerMinute = 0, AccountEventsPerMinute = 10 });
        using var full = await PostAsync(service, ("full", 10));
        using var mixed = await PostAsync(service, ("other", 9), ("full", 1));
        using var other = await PostAsync(service, ("other", 10));

        Assert.Equal(HttpStatusCode.Accepted, full.StatusCode);
        Assert.Equal("\"account-minute\";q=10;qu=\"events\";w=60", Header(full, "RateLimit-Policy"));
        Assert.StartsWith("\"account-minute\";r=0;t=60;pk=:ZnVsbA==:", Header(full, "RateLimit"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.TooManyRequests, mixed.StatusCode);
        Assert.InRange(mixed.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 50, 60);
        Assert.Contains("'full'", (await ReadAsync(mixed)).GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Accepted, other.StatusCode);
    }

    [Fact]
    public async Task Should_keep_to_the_quota_of_the_day()
    {
        var service = await StartAsync(new LimitOptions { RequestsPerMinute = 0, AccountDailyQuota = 5 });
        using var first = await PostAsync(service, ("a", 5));
        var midnight = TimeProvider.System.GetUtcNow().Date.AddDays(1);
        using var second = await PostAsync(service, ("a", 1));
        var left = (midnight - TimeProvider.System.GetUtcNow().UtcDateTime).TotalSeconds;

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.TooManyRequests), (first.StatusCode, second.StatusCode));
        Assert.InRange(second.Headers.RetryAfter!.Delta!.Value.TotalSeconds, left, left + 3);
        Assert.Equal("account-day", Assert.Single((await ReadAsync(second)).GetProperty("violated-policies").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task Should_charge_nothing_for_a_batch_that_is_wrong_or_comes_again_under_its_key()
    {
        var service = await StartAsync(new LimitOptions { RequestsPerMinute = 0, AccountEventsPerMinute = 10 });
        using var wrong = await service.Http.PostAsync("events", Json("""{"events":[{"event_id":"1"}]}"""), Token);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Equal("\"account-minute\";q=10;qu=\"events\";w=60", Header(wrong, "RateLimit-Policy"));
        for (var i = 0; i < 3; i++)
        {
            using var again = await PostAsync(service, "one", ("a", 10));
            Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
        }

        using var more = await PostAsync(service, ("a", 1));
        Assert.Equal(HttpStatusCode.TooManyRequests, more.StatusCode);
    }

    [Fact]
    public async Task Should_say_that_a_batch_is_too_large_for_its_account_at_any_time()
    {
        var service = await StartAsync(new LimitOptions { RequestsPerMinute = 0, AccountEventsPerMinute = 10 });

        using var refused = await PostAsync(service, ("a", 11));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
        Assert.Null(refused.Headers.RetryAfter);
        Assert.Contains("send fewer at a time", (await ReadAsync(refused)).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_say_nothing_where_nothing_is_limited()
    {
        var service = await StartAsync(new LimitOptions { RequestsPerMinute = 0 });

        using var answer = await PostAsync(service, ("a", 1_000));

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.False(answer.Headers.Contains("RateLimit") || answer.Headers.Contains("RateLimit-Policy"));
    }

    private async Task<RunningService> StartAsync(LimitOptions limits) => Own(await RunningService.StartAsync(RunningService.SettingsIn(Folder) with { Limits = limits }));

    private static Task<HttpResponseMessage> PostAsync(RunningService service, params (string Account, int Events)[] parts) => PostAsync(service, null, parts);

    private static async Task<HttpResponseMessage> PostAsync(RunningService service, string? key, params (string Account, int Events)[] parts)
    {
        var events = parts.SelectMany(part => Enumerable.Range(0, part.Events).Select(number => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"event_id":"{{(key is null ? $"{Guid.NewGuid()}" : $"{key}-{number}")}}","account_id":"{{part.Account}}","user_id":"u","type":"login","timestamp":"2026-01-31T12:00:00Z"}""")));
        using var request = new HttpRequestMessage(HttpMethod.Post, "events") { Content = Json($$"""{"events":[{{string.Join(",", events)}}]}""") };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return await service.Http.SendAsync(request, Token);
    }

    private static StringContent Json(string body) => new(body, new MediaTypeHeaderValue("application/json"));

    private static string Header(HttpResponseMessage response, string name) => string.Join(", ", response.Headers.GetValues(name));

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response) =>
        JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(Token));
}
