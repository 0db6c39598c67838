using System.Net;
using BusIngest.Bus.Storage;
using BusIngest.Specs.Processes;
using BusIngest.Support.Storage;

namespace BusIngest.Specs.Events;

/// <summary>From a post to what is stored and summed up.</summary>
public sealed class PostEventsSpecs : Spec
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task Should_store_what_it_accepts_and_sum_it_up()
    {
        var service = await StartAsync();

        var answer = await service.PostEventsAsync(EventText.Body(
            EventText.Of("a", "acme", "ann", "login", Now), EventText.Of("b", "acme", "bob", "login", Now), EventText.Of("c", "acme", "bob", "custom", Now)));
        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        var accepted = answer.Json();
        Assert.Equal((202, 3), (accepted.GetProperty("statusCode").GetInt32(), accepted.GetProperty("queued").GetInt32()));
        var job = accepted.GetProperty("jobId").GetString()!;

        var summary = await UntilAsync(
            "It is summed up", _ => service.SummaryAsync("acme", $"window=last_24h&after={job}"), seen => seen.GetProperty("totals").EnumerateObject().Any());
        Assert.Equal("acme", summary.GetProperty("account_id").GetString());
        Assert.Equal("last_24h", summary.GetProperty("window").GetString());
        Assert.Equal("""{"login":2,"custom":1}""", summary.GetProperty("totals").GetRawText());
        Assert.Equal("""[{"user_id":"bob","events":2},{"user_id":"ann","events":1}]""", summary.GetProperty("top_users").GetRawText());
        Assert.True(summary.GetProperty("as_of").GetDateTimeOffset() >= Now);
        Assert.Equal("stored", (await service.Cars.GetAsync($"jobs/{job}", Token)).GetProperty("state").GetString());
        Assert.Equal(["acme"], (await service.Cars.GetAsync("accounts/sample", Token)).GetProperty("account_ids").EnumerateArray().Select(id => id.GetString()!), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Should_count_an_id_once()
    {
        var service = await StartAsync();
        string[] events = [.. Enumerable.Range(0, 50).Select(i => EventText.Of($"id-{i % 20}", "acme", "ann", "login", Now))];

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => service.RecordAsync(events)));
        // The same ids of another account are other events.
        var last = await service.RecordAsync([.. events.Select(text => text.Replace("acme", "other", StringComparison.Ordinal)), events[0]]);

        Assert.Equal("""{"login":20}""", (await service.SummaryAsync("acme", $"after={last}")).GetProperty("totals").GetRawText());
        Assert.Equal("""{"login":20}""", (await service.SummaryAsync("other", "")).GetProperty("totals").GetRawText());
        Assert.Equal(40, Stored());
        Assert.Equal(31, (await service.Cars.GetAsync($"jobs/{last}", Token)).GetProperty("known").GetInt32());
    }

    [Fact]
    public async Task Should_store_nothing_of_a_batch_with_one_bad_event()
    {
        var service = await StartAsync();

        var answer = await service.PostEventsAsync(EventText.Body(
            EventText.Of("a", "acme", "ann", "login", Now), EventText.Of("b", "acme", "ann", "logout", Now), EventText.Of("c", "acme", "ann", "login", Now)));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("application/problem+json", answer.MediaType);
        Assert.Equal(["events[1].type"], answer.ErrorNames());
        var next = await service.RecordAsync(EventText.Of("d", "acme", "ann", "custom", Now));
        Assert.Equal("""{"custom":1}""", (await service.SummaryAsync("acme", $"after={next}")).GetProperty("totals").GetRawText());
    }

    [Theory]
    [InlineData("window=last_1y", "window")]
    [InlineData("window=", "window")]
    [InlineData("from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "from")]
    [InlineData("to=2026-01-01T00:00:00Z", "from")]
    [InlineData("from=yesterday", "from")]
    [InlineData("from=2026-02-30T00:00:00Z", "from")]
    [InlineData("from=01/02/2026", "from")]
    [InlineData("window=last_24h&from=2026-01-01T00:00:00Z", "window")]
    [InlineData("after=x", "after")]
    [InlineData("after=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "after")]
    public async Task Should_refuse_windows_that_are_none(string query, string field)
    {
        var service = await StartAsync();

        var answer = await service.Cars.SendAsync(HttpMethod.Get, $"accounts/acme/summary?{query}", null, Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal([field], answer.ErrorNames());
    }

    [Fact]
    public async Task Should_know_of_no_job_that_it_did_not_give()
    {
        var service = await StartAsync();
        var job = await service.RecordAsync(EventText.Of("a", "acme", "ann", "login", Now));

        Assert.Equal(HttpStatusCode.NotFound, await service.Cars.StatusAsync("jobs/nonsense", Token));
        Assert.Equal(HttpStatusCode.NotFound, await service.Cars.StatusAsync($"jobs/{(job[0] == 'A' ? 'B' : 'A')}{job[1..]}", Token));
        Assert.Equal(HttpStatusCode.OK, await service.Cars.StatusAsync($"jobs/{job}", Token));
    }

    [Fact]
    public async Task Should_answer_a_key_that_comes_again_with_the_first_job()
    {
        var service = await StartAsync();
        var (first, second) = (await PostWithKeyAsync(service, "k"), await PostWithKeyAsync(service, "k"));

        Assert.Equal(first, second);
        Assert.NotEqual(first, await PostWithKeyAsync(service, "other"), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Should_take_ids_that_a_path_can_hardly_hold()
    {
        var service = await StartAsync();
        const string Account = "a c/m%e?&ü🚗";
        var job = await service.RecordAsync(EventText.Of("a", Account, "ann", "login", Now));

        Assert.Equal("""{"login":1}""", (await service.SummaryAsync(Account, $"after={job}")).GetProperty("totals").GetRawText());
    }

    [Theory]
    [InlineData("0")]
    [InlineData("101")]
    [InlineData("x")]
    public async Task Should_bound_the_sample(string limit) => Assert.Equal(
        HttpStatusCode.BadRequest, await (await StartAsync()).Cars.StatusAsync($"accounts/sample?limit={limit}", Token));

    [Fact]
    public async Task Should_refuse_what_is_too_large_and_store_nothing_of_it()
    {
        var service = await StartAsync();
        var good = EventText.Of("a", "acme", "ann", "login", Now);

        var metadata = await service.PostEventsAsync(EventText.Body(good, good[..^1] + $",\"metadata\":{{\"x\":\"{new string('x', 5_000_000)}\"}}}}"));
        Assert.Equal((HttpStatusCode.BadRequest, "events[1].metadata"), (metadata.Status, Assert.Single(metadata.ErrorNames())));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await service.PostEventsAsync(EventText.Body(good) + new string(' ', 11_000_000))).Status);

        var next = await service.RecordAsync(EventText.Of("b", "acme", "ann", "custom", Now));
        Assert.Equal("""{"custom":1}""", (await service.SummaryAsync("acme", $"after={next}")).GetProperty("totals").GetRawText());
    }

    [Fact]
    public async Task Should_tell_of_a_batch_that_failed_and_store_it_when_it_is_sent_again()
    {
        var service = await StartAsync();
        Execute("CREATE TRIGGER poison BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'poison'); END");
        var job = await service.RecordAsync(EventText.Of("a", "acme", "ann", "login", Now));
        await StateAsync(service, job, "failed");

        Execute("DROP TRIGGER poison");
        await service.Cars.SendAsync(HttpMethod.Post, "messages/failed/retry", null, Token);

        await StateAsync(service, job, "stored");
        Assert.Equal("""{"login":1}""", (await service.SummaryAsync("acme", "")).GetProperty("totals").GetRawText());
    }

    private static Task StateAsync(RunningService service, string job, string state) => UntilAsync(
        $"The job is {state}", async token => (await service.Cars.GetAsync($"jobs/{job}", token)).GetProperty("state").GetString() is { } seen && string.Equals(seen, state, StringComparison.Ordinal));

    private void Execute(string sql)
    {
        using var session = SqliteSession.OpenWriter(Path.Combine(Folder, "data", "busingest.db"));
        session.Execute(sql);
    }

    private static async Task<string> PostWithKeyAsync(RunningService service, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "events");
        request.Content = new StringContent(EventText.Body(EventText.Of("a", "acme", "ann", "login", Now)));
        request.Headers.Add("Idempotency-Key", key);
        using var answer = await service.Http.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Token);
    }

    private async Task<RunningService> StartAsync() => Own(await RunningService.StartAsync(RunningService.SettingsIn(Folder)));

    private long Stored() => StoredEvents.Read(Path.Combine(Folder, "data")).Count;
}
