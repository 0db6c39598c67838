using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace BusIngest.Specs.Sync;

/// <summary>Runs against APIs whose answers are odd, but clear. All of them run beside each other, as each waits for little but itself.</summary>
public sealed class OddPageSpecs : SyncSpec
{
    private const string ByItems = """ "dataPath":"items","nextCursorPath":"cursor","totalPath":"-none","cursorExpiresInPath":"-none" """;

    [Fact]
    public async Task Should_read_what_an_answer_is_and_not_what_it_is_called()
    {
        var service = await ServeAsync(simulator: null);
        byte[] mark = [0xEF, 0xBB, 0xBF];
        var apis = new Dictionary<string, Func<HttpContext, byte[], Task>>(StringComparer.Ordinal)
        {
            ["a byte order mark"] = (context, page) => SendAsync(context, [.. mark, .. page]),
            ["a byte order mark over gzip"] = (context, page) =>
            {
                context.Response.Headers.ContentEncoding = "gzip";
                return SendAsync(context, Zip([.. mark, .. page]));
            },
            ["HTML by its type"] = (context, page) => SendAsync(context, page, "text/html; charset=UTF-8"),
            ["no type"] = (context, page) => SendAsync(context, page, null),
            ["blanks before it, one by one"] = async (context, page) =>
            {
                foreach (var blank in "\n \r\n")
                {
                    await context.Response.Body.WriteAsync(new[] { (byte)blank }, context.RequestAborted);
                    await context.Response.Body.FlushAsync(context.RequestAborted);
                }

                await context.Response.Body.WriteAsync(page, context.RequestAborted);
            },
        };

        await AllAsync(service, apis, async (name, send) =>
        {
            var api = Own(await ScriptedApi.StartAsync((context, request) => send(context, Encoding.UTF8.GetBytes(ScriptedApi.Tens(request, 30)))));
            var run = await PullAsync(service, api);
            Assert.True((State(run), Count(run, "eventsStored")) == ("Completed", 30), $"{name}: {run.GetRawText()}");
        });
    }

    [Fact]
    public async Task Should_keep_one_bad_record_apart_and_store_the_others()
    {
        var service = await ServeAsync(simulator: null);
        var nested = new string('[', 500) + new string(']', 500);
        var records = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["is nested deeper than 64 levels"] = $$"""{"id":"x","timestamp":1767225600000,"body":{{nested}}}""",
            ["is not valid JSON"] = """{"id":"x","timestamp":1767225600000,"x":NaN}""",
            ["is not valid Unicode"] = """{"id":"x","timestamp":1767225600000,"n":"\ud800"}""",
            ["has its id twice"] = """{"id":"x","id":"y","timestamp":1767225600000}""",
            ["its id is a step in a path"] = """{"id":"..","timestamp":1767225600000}""",
        };

        await AllAsync(service, records, async (reason, record) =>
        {
            var api = Own(await ScriptedApi.StartAsync(request => request.Offset == 10
                ? ScriptedApi.Page($"{ScriptedApi.Events(10, 5)},{record},{ScriptedApi.Events(16, 4)}", "20")
                : ScriptedApi.Tens(request, 30)));
            var run = await PullAsync(service, api);
            Assert.True((State(run), Count(run, "eventsStored"), Count(run, "rejected")) == ("Completed", 29, 1), $"{reason}: {run.GetRawText()}");
        });
    }

    [Theory]
    [InlineData("true", "false")]
    [InlineData("1", "0")]
    [InlineData("\"true\"", "\"false\"")]
    [InlineData("\"True\"", "\"False\"")]
    [InlineData("\"1\"", "null")]
    [InlineData("null", "null")]
    public async Task Should_know_whether_there_is_more_however_it_is_said(string yes, string no)
    {
        // null says nothing, and then the cursor does.
        var page = $$$"""{"data":[{"id":"a","timestamp":1}],"pagination":{"hasMore":{{{yes}}},"nextCursor":"n"}}""";
        var last = $$$"""{"data":[{"id":"a","timestamp":1}],"pagination":{"hasMore":{{{no}}},"nextCursor":null}}""";
        var definition = new Contracts.Sync.SourceDefinition { BaseUrl = "http://localhost" };

        using var one = await PageReading.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(page)), definition, new Workers.Sync.Pages.PageLimits());
        using var other = await PageReading.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(last)), definition, new Workers.Sync.Pages.PageLimits());

        Assert.Equal((true, false), (one.IsFollowed, other.IsFollowed));
    }

    [Fact]
    public async Task Should_know_the_end_when_it_is_there()
    {
        var service = await ServeAsync(simulator: null);
        var apis = new Dictionary<string, (string Definition, int Stored, Func<ScriptedRequest, string> Answer)>(StringComparer.Ordinal)
        {
            ["null in place of the last page's events"] = ("""{"hasMorePath":"-none","nextCursorPath":"next"}""", 14, request => request.Cursor switch
            {
                null => $$"""{"data":[{{ScriptedApi.Events(0, 10)}}],"next":"a"}""",
                "a" => $$"""{"data":[{{ScriptedApi.Events(10, 4)}}],"next":"b"}""",
                _ => """{"data":null,"next":null}""",
            }),
            ["null and nothing at all"] = ("{}", 0, _ => """{"data":null,"pagination":{"hasMore":false,"nextCursor":null},"meta":{"total":0}}"""),
            ["a cursor on the last page, and a flag"] = ($$"""{ {{ByItems}},"hasMorePath":"has_more"}""", 30, request =>
                $$"""{"items":[{{ScriptedApi.Events(request.Offset, Math.Clamp(30 - request.Offset, 0, 10))}}],"cursor":"{{request.Offset + 10}}","has_more":{{(request.Offset + 10 < 30 ? "true" : "false")}}}"""),
            ["the same cursor behind the last page, and no flag"] = ($$"""{ {{ByItems}},"hasMorePath":"-none"}""", 30, request =>
                $$"""{"items":[{{ScriptedApi.Events(request.Offset, Math.Clamp(30 - request.Offset, 0, 10))}}],"cursor":"{{Math.Min(30, request.Offset + 10)}}"}"""),
            ["for ever more, but all that was announced is there"] = ("{}", 30, request =>
                ScriptedApi.Page(ScriptedApi.Events(request.Offset, request.Offset < 30 ? 10 : 0), $"{request.Offset + 10}-{request.Number}", 30)),
        };

        await AllAsync(service, apis, async (name, api) =>
        {
            var scripted = Own(await ScriptedApi.StartAsync(api.Answer));
            var run = await PullAsync(service, scripted, api.Definition);
            Assert.True((State(run), Count(run, "eventsStored")) == ("Completed", api.Stored), $"{name}: {run.GetRawText()}");
        });
    }

    [Fact]
    public async Task Should_end_as_failed_and_say_why_where_there_is_no_end()
    {
        var service = await ServeAsync(
            simulator: null, change: settings => settings with { Sync = settings.Sync with { MaxFruitlessPages = 10, Limits = new() { Rejects = 100 } } });
        var apis = new Dictionary<string, (string Error, Func<ScriptedRequest, string> Answer)>(StringComparer.Ordinal)
        {
            ["fresh cursors and no events"] = ("brought nothing new", request => ScriptedApi.Page(
                ScriptedApi.Events(request.Offset, request.Offset < 30 ? 10 : 0), $"{request.Offset + 10}-{request.Number}")),
            ["fresh cursors and the same events"] = ("brought nothing new", request => ScriptedApi.Page(ScriptedApi.Events(0, 10), $"0-{request.Number}")),
            ["a circle"] = ("is one that was there before", request => ScriptedApi.Page(
                ScriptedApi.Events(request.Cursor switch { "A" => 10, "B" => 20, _ => 0 }, 10), request.Cursor is "A" ? "B" : "A")),
            ["rejects without end"] = ("more than 100 things that are no events", _ => ScriptedApi.Page(string.Join(',', Enumerable.Repeat('0', 1_000)), null)),
        };

        await AllAsync(service, apis, async (name, api) =>
        {
            var scripted = Own(await ScriptedApi.StartAsync(api.Answer));
            var run = await PullAsync(service, scripted);
            Assert.True(State(run) is "Failed", $"{name}: {run.GetRawText()}");
            Assert.Contains(api.Error, run.GetProperty("lastError").GetString(), StringComparison.Ordinal);
            Assert.True(scripted.Requests.Count < 60, $"{name}: {scripted.Requests.Count} requests");
        });
    }

    [Fact]
    public async Task Should_say_in_its_state_that_fewer_are_stored_than_were_announced()
    {
        var service = await ServeAsync(simulator: null);
        var api = Own(await ScriptedApi.StartAsync(_ => ScriptedApi.Page($"{ScriptedApi.Events(0, 9)},7", null, 10)));

        var run = await PullAsync(service, api);

        // All that is left of it was rejected.
        Assert.Equal(("Completed", 1, 100.0), (State(run), Count(run, "rejected"), run.GetProperty("percent").GetDouble()));
        Assert.Equal("10 events were announced, 9 are stored", run.GetProperty("note").GetString());
    }

    [Fact]
    public async Task Should_find_an_event_by_its_id_whatever_it_is_made_of()
    {
        var service = await ServeAsync(simulator: null);
        string[] ids = ["orders/2026/17", "a%2Fb", "a/b", "50%", "a b", "é", "a+b", "a?b#c", "urn:x:y", "\"q\"", "..x", "a\\b", "\U0001F600", "x;y=z", "%", "x/", "12345678901234567890"];
        var events = ids.Select(id => JsonSerializer.Serialize(new { id, timestamp = 1_767_225_600_000 }));
        var api = Own(await ScriptedApi.StartAsync(_ => ScriptedApi.Page(string.Join(',', events), null)));
        Assert.Equal(ids.Length, Count(await PullAsync(service, api), "eventsStored"));

        foreach (var id in ids)
        {
            var found = await service.Cars.GetAsync($"sync/events/{Uri.EscapeDataString(id)}?source={api.Source}", Token);
            Assert.Equal(id, found.GetProperty("id").GetString());
        }
    }

    /// <summary>A path that names one of these is a route of its own, whatever its case.</summary>
    [Fact]
    public async Task Should_find_an_event_that_bears_the_name_of_a_route_by_the_filter()
    {
        var service = await ServeAsync(simulator: null);
        string[] ids = ["count", "Count", "other"];
        var events = ids.Select(id => JsonSerializer.Serialize(new { id, timestamp = 1_767_225_600_000 }));
        var api = Own(await ScriptedApi.StartAsync(_ => ScriptedApi.Page(string.Join(',', events), null)));
        Assert.Equal(ids.Length, Count(await PullAsync(service, api), "eventsStored"));

        foreach (var id in ids)
        {
            var found = await service.Cars.GetAsync($"sync/events?id={Uri.EscapeDataString(id)}", Token);
            Assert.Equal(id, Assert.Single(found.GetProperty("events").EnumerateArray()).GetProperty("id").GetString());
        }

        Assert.Equal(1, Count(await service.Cars.GetAsync($"sync/events/count?id=count&source={api.Source}", Token), "count"));
        Assert.Equal(0, Count(await service.Cars.GetAsync("sync/events/count?id=count&source=another", Token), "count"));
    }

    [Fact]
    public async Task Should_ask_at_the_address_that_path_and_query_make()
    {
        var service = await ServeAsync(simulator: null);
        var apis = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["/v2/"] = "/v2/events?limit=10",
            ["/a%2Fb"] = "/a%2Fb/events?limit=10",
            [""] = "/events?limit=10",
        };

        await AllAsync(service, apis, async (path, target) =>
        {
            var api = Own(await ScriptedApi.StartAsync(request => ScriptedApi.Tens(request, 5)));
            await PullAsync(service, api, "{}", api.Url + path);
            Assert.Equal(target, Assert.Single(api.Requests).Target);
        });
    }

    private static Task AllAsync<T>(Processes.RunningService service, IReadOnlyDictionary<string, T> kinds, Func<string, T, Task> check) =>
        Task.WhenAll(kinds.Select(kind => check(kind.Key, kind.Value)));

    private static async Task SendAsync(HttpContext context, byte[] body, string? type = "application/json")
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static byte[] Zip(byte[] bytes)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return zipped.ToArray();
    }
}
