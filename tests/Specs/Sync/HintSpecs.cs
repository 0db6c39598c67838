using System.Globalization;
using System.Net;
using System.Text.Json;

namespace BusIngest.Specs.Sync;

/// <summary>Runs against APIs that refuse, and give odd hints of when to come again.</summary>
public sealed class HintSpecs : SyncSpec
{
    private static readonly TimeSpan RefusesFor = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task Should_ask_less_and_less_often_where_hints_are_of_no_use()
    {
        var service = await ServeAsync(simulator: null);
        var hints = new Dictionary<string, Func<(string, string)[]>>(StringComparer.Ordinal)
        {
            ["none"] = () => [],
            ["Retry-After: 0"] = () => [("Retry-After", "0")],
            ["Retry-After: -3"] = () => [("Retry-After", "-3")],
            ["Retry-After: soon"] = () => [("Retry-After", "soon")],
            ["Retry-After: 0.01"] = () => [("Retry-After", "0.01")],
            ["a date that is over"] = () => [("Retry-After", "Sat, 31 Jan 2026 12:00:00 GMT")],
            ["a window that is over"] = () => [("X-RateLimit-Limit", "10"), ("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", Seconds(-5))],
            ["a window that ends now"] = () => [("X-RateLimit-Limit", "10"), ("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "0")],
        };

        await Task.WhenAll(hints.Select(async hint =>
        {
            var refused = 0;
            DateTimeOffset? since = null;
            var api = Own(await ScriptedApi.StartAsync((context, request) =>
            {
                since ??= request.Number == 2 ? request.At : null;
                if (request.Number == 1 || request.At > since + RefusesFor)
                    return ScriptedApi.JsonAsync(context, ScriptedApi.Tens(request, 20));
                refused++;
                return ScriptedApi.JsonAsync(context, "{}", 429, hint.Value());
            }));
            var run = await PullAsync(service, api);
            Assert.True((State(run), Count(run, "eventsStored"), refused <= 5) == ("Completed", 20, true), $"{hint.Key}: {refused} refused, {run.GetRawText()}");
            Assert.Contains("in a row, waits", run.GetProperty("pace").GetProperty("note").GetString(), StringComparison.Ordinal);
        }));
    }

    [Fact]
    public async Task Should_wait_as_long_as_a_hint_of_use_says()
    {
        var service = await ServeAsync(simulator: null);
        var hints = new Dictionary<string, (int Status, Func<(string, string)[]> Headers)>(StringComparer.Ordinal)
        {
            ["403 and Retry-After"] = (403, () => [("X-RateLimit-Limit", "60"), ("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", Seconds(3)), ("Retry-After", "2")]),
            ["decimals"] = (429, () => [("Retry-After", "2.0")]),
            ["Retry-After before a bucket is full"] = (429, () => [("Retry-After", "2"), ("X-RateLimit-Limit", "60"), ("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "60")]),
            ["RateLimit"] = (429, () => [("RateLimit-Policy", "\"day\";q=100000;w=86400, \"burst\";q=2;w=2"), ("RateLimit", "\"day\";r=99000;t=80000, \"burst\";r=0;t=2")]),
            ["RateLimit as it was"] = (403, () => [("RateLimit", "limit=10, remaining=0, reset=2")]),
            ["a clock that is an hour ahead"] = (429, () => [("Date", Date(3_600)), ("Retry-After", Date(3_602))]),
            ["a clock that is an hour behind"] = (429, () => [("Date", Date(-3_600)), ("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", Seconds(-3_598))]),
        };

        await Task.WhenAll(hints.Select(async hint =>
        {
            var api = Own(await ScriptedApi.StartAsync((context, request) => request.Number == 2
                ? ScriptedApi.JsonAsync(context, "{}", hint.Value.Status, hint.Value.Headers())
                : ScriptedApi.JsonAsync(context, ScriptedApi.Tens(request, 20))));
            var run = await PullAsync(service, api);
            Assert.True((State(run), Count(run, "eventsStored"), Count(run, "throttles")) == ("Completed", 20, 1), $"{hint.Key}: {run.GetRawText()}");
            var waited = api.Requests[2].At - api.Requests[1].At;
            Assert.True(waited > TimeSpan.FromSeconds(0.9) && waited < TimeSpan.FromSeconds(30), $"{hint.Key}: {waited}");
        }));
    }

    [Fact]
    public async Task Should_forget_a_pace_when_it_is_told_to_and_keep_it_to_its_key()
    {
        var service = await ServeAsync(
            simulator: null, change: settings => settings with { Sync = settings.Sync with { LongestWait = TimeSpan.FromHours(2) } });
        var isBusy = true;
        var api = Own(await ScriptedApi.StartAsync((context, request) => isBusy && request.Key is "one"
            ? ScriptedApi.JsonAsync(context, "{}", 429, ("Retry-After", "31536000"))
            : ScriptedApi.JsonAsync(context, ScriptedApi.Tens(request, 5))));

        // A year is cut to the longest wait; said in the run's state.
        var first = await BeginAsync(service, Body(api, "one"));
        var throttled = await UntilAsync(service, first, "Throttled", "Failed", "Completed");
        Assert.Equal("Throttled", State(throttled));
        Assert.InRange((throttled.GetProperty("nextFetchAt").GetDateTimeOffset() - TimeProvider.System.GetUtcNow()).TotalHours, 1.5, 2.1);
        Assert.Contains("Retry-After: 31536000 is cut to 2:00:00 h", throttled.GetProperty("pace").GetProperty("note").GetString(), StringComparison.Ordinal);

        // Another key has a pace of its own, and so has another run that ignores it.
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(service, $"sync/runs/{first}/cancel")).Status);
        Assert.Equal("Completed", State(await PullBodyAsync(service, Body(api, "two"))));
        isBusy = false;
        var waiting = await BeginAsync(service, Body(api, "one"));
        Assert.Equal("Throttled", State(await UntilAsync(service, waiting, "Throttled", "Failed", "Completed")));
        var source = (await service.Cars.GetAsync("sync/sources", Token)).GetProperty("sources").EnumerateArray().Single();
        Assert.Equal(api.Source, source.GetProperty("source").GetString());
        Assert.Equal(("Throttled", waiting), (source.GetProperty("schedule").GetProperty("state").GetString(), source.GetProperty("schedule").GetProperty("runId").GetGuid()));
        Assert.Contains("waits", source.GetProperty("pace").GetProperty("note").GetString(), StringComparison.Ordinal);

        var cleared = await PostAsync(service, $"sync/sources/{Uri.EscapeDataString(api.Source)}/pace/clear");
        Assert.Equal(HttpStatusCode.OK, cleared.Status);
        Assert.Equal("Completed", State(await UntilAsync(service, waiting, "Completed", "Failed")));
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(service, "sync/sources/nobody/pace/clear")).Status);
    }

    [Fact]
    public async Task Should_ignore_the_pace_in_a_new_run_that_is_told_to()
    {
        var service = await ServeAsync(simulator: null);
        var api = Own(await ScriptedApi.StartAsync((context, request) => request.Number == 1
            ? ScriptedApi.JsonAsync(context, "{}", 429, ("Retry-After", "7200"))
            : ScriptedApi.JsonAsync(context, ScriptedApi.Tens(request, 5))));
        var first = await BeginAsync(service, Body(api, "one"));
        await UntilAsync(service, first, "Throttled");
        await PostAsync(service, $"sync/runs/{first}/cancel");

        Assert.Equal("Completed", State(await PullBodyAsync(service, Body(api, "one", ignorePace: true))));
    }

    [Fact]
    public async Task Should_not_spread_what_is_left_over_a_day_when_it_is_more_than_there_are_pages()
    {
        var service = await ServeAsync(simulator: null);
        var used = 0;
        var api = Own(await ScriptedApi.StartAsync((context, request) => ScriptedApi.JsonAsync(
            context, ScriptedApi.Tens(request, 100).Replace("\"meta\":{}", "\"meta\":{\"total\":100}", StringComparison.Ordinal), 200,
            ("X-RateLimit-Limit", "1000"), ("X-RateLimit-Remaining", (1_000 - ++used).ToString(CultureInfo.InvariantCulture)), ("X-RateLimit-Reset", Seconds(86_400)))));

        var run = await PullAsync(service, api);

        Assert.Equal(("Completed", 100, 10), (State(run), Count(run, "eventsStored"), api.Requests.Count));
    }

    private static string Body(ScriptedApi api, string key, bool ignorePace = false) =>
        JsonSerializer.Serialize(new { baseUrl = api.Url, apiKey = key, pageSize = 10, ignorePace });

    private static string Seconds(int fromNow) => (TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + fromNow).ToString(CultureInfo.InvariantCulture);

    private static string Date(int fromNow) => TimeProvider.System.GetUtcNow().AddSeconds(fromNow).ToString("R", CultureInfo.InvariantCulture);
}
