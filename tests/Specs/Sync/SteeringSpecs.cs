using System.Net;
using System.Text.Json;
using BusIngest.DataSyncSimulator;
using BusIngest.Specs.Idempotency;
using BusIngest.Specs.Processes;

namespace BusIngest.Specs.Sync;

/// <summary>Runs that are begun, paused, resumed and cancelled.</summary>
public sealed class SteeringSpecs : SyncSpec
{
    [Fact]
    public async Task Should_have_one_run_of_a_source_at_a_time()
    {
        var service = await ServeAsync(await SimulateAsync(new SimulatorOptions { DelayMs = 50 }), pageSize: 100);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostAsync(service, "sync/runs", """{"source":"datasync"}""")));

        Assert.Equal(1, answers.Count(answer => answer.Status == HttpStatusCode.Accepted));
        Assert.Equal(7, answers.Count(answer => answer.Status == HttpStatusCode.Conflict));
        Assert.Single((await service.Cars.GetAsync("sync/runs", Token)).GetProperty("runs").EnumerateArray());
    }

    [Fact]
    public async Task Should_store_nothing_while_paused_and_go_on_where_it_was()
    {
        const int total = 6_000;
        var simulator = await SimulateAsync(new SimulatorOptions { Total = total, DelayMs = 20 });
        var service = await ServeAsync(simulator, pageSize: 100);
        var id = await BeginAsync(service);
        await UntilAsync("some pages are stored", async _ => Count(await ReadAsync(service, id), "pages") > 5);

        var paused = await PostAsync(service, $"sync/runs/{id}/pause");
        Assert.Equal((HttpStatusCode.OK, "Paused"), (paused.Status, State(paused.Json())));
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(service, $"sync/runs/{id}/pause")).Status);
        await UntilAsync("it stands still", async _ => await StandsStillAsync(service, simulator, id));
        var resumed = await PostAsync(service, $"sync/runs/{id}/resume");
        var run = await UntilAsync(service, id, "Completed", "Failed");

        Assert.Equal((HttpStatusCode.OK, "Fetching"), (resumed.Status, State(resumed.Json())));
        Assert.Equal(("Completed", total), (State(run), Count(run, "eventsStored")));
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(service, $"sync/runs/{id}/resume")).Status);
        await AssertAllStoredAsync(service, simulator.Forge, total);
    }

    [Fact]
    public async Task Should_store_nothing_more_once_cancelled_and_let_the_next_run_begin()
    {
        var simulator = await SimulateAsync(new SimulatorOptions { Total = 6_000, DelayMs = 20 });
        var service = await ServeAsync(simulator, pageSize: 100);
        var id = await BeginAsync(service);
        await UntilAsync("some pages are stored", async _ => Count(await ReadAsync(service, id), "pages") > 5);

        var cancelled = await PostAsync(service, $"sync/runs/{id}/cancel");

        Assert.Equal((HttpStatusCode.OK, "Cancelled"), (cancelled.Status, State(cancelled.Json())));
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(service, $"sync/runs/{id}/cancel")).Status);
        await UntilAsync("the source is free", async _ => (await PostAsync(service, "sync/runs", """{"source":"datasync"}""")).Status == HttpStatusCode.Accepted);
        Assert.Equal("Cancelled", State(await ReadAsync(service, id)));
    }

    [Fact]
    public async Task Should_pull_an_address_that_a_client_gives_and_never_show_its_key()
    {
        var simulator = await SimulateAsync(new SimulatorOptions { Total = 300, ApiKey = "hush-hush-key" });
        var service = await ServeAsync(simulator: null);
        var body = JsonSerializer.Serialize(new { baseUrl = simulator.Url, apiKey = "hush-hush-key", pageSize = 100 });

        var id = await BeginAsync(service, body);
        var run = await UntilAsync(service, id, "Completed", "Failed");

        var host = new Uri(simulator.Url).Authority;
        Assert.Equal(("Completed", 300, host), (State(run), Count(run, "eventsStored"), run.GetProperty("source").GetString()));
        Assert.Equal(3, simulator.Requests);
        foreach (var route in new[] { $"sync/runs/{id}", "sync/runs", $"sagas/sync-run/{id}", "sagas/sync-source" })
            Assert.DoesNotContain("hush-hush", (await service.Cars.SendAsync(HttpMethod.Get, route, null, Token)).Text, StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Folder, "*.db*", SearchOption.AllDirectories))
            Assert.False(await HoldsAsync(file, "hush-hush-key"u8.ToArray()), file);
    }

    [Theory]
    [InlineData("""{"baseUrl":"http://10.0.0.1/"}""", "baseUrl")]
    [InlineData("""{"baseUrl":"http://localhost:3000"}""", "baseUrl")]
    [InlineData("""{"baseUrl":"ftp://example.com"}""", "baseUrl")]
    [InlineData("""{"baseUrl":"https://example.com","pageSize":0}""", "pageSize")]
    [InlineData("""{"baseUrl":"https://example.com","authHeader":"no header"}""", "authHeader")]
    [InlineData("""{"baseUrl":"https://example.com","apiKey":5}""", "apiKey")]
    [InlineData("""{"baseUrl":"https://example.com/v2?tenant=7"}""", "baseUrl")]
    [InlineData("""{"baseUrl":"https://example.com/v2#x"}""", "baseUrl")]
    [InlineData("""{"baseUrl":"https://example.com","path":"/events#x"}""", "path")]
    [InlineData("""{"baseUrl":"https://example.com","apiKey":"schlüssel’"}""", "apiKey")]
    [InlineData("""{"baseUrl":"https://example.com","apiKey":"key\n"}""", "apiKey")]
    [InlineData("""{"baseUrl":"https://example.com","apiKey":" key"}""", "apiKey")]
    [InlineData("""{"baseUrl":"https://example.com","authPrefix":"Schlüssel"}""", "authPrefix")]
    [InlineData("""{"baseUrl":"https://example.com","authHeader":"Host"}""", "authHeader")]
    [InlineData("""{"baseUrl":"https://example.com","authHeader":"Transfer-Encoding"}""", "authHeader")]
    [InlineData("""{"baseUrl":"https://example.com","authHeader":"metadata-flavor"}""", "authHeader")]
    [InlineData("""{"baseUrl":"https://example.com","ignorePace":1}""", "ignorePace")]
    [InlineData("""{"baseUrl":"http://168.63.129.16/"}""", "baseUrl")]
    [InlineData("""{"source":"nobody"}""", "source")]
    [InlineData("""{"source":"datasync","baseUrl":"https://example.com"}""", "baseUrl")]
    [InlineData("{}", "source")]
    [InlineData("[]", "$")]
    public async Task Should_refuse_what_it_can_not_pull(string body, string field)
    {
        var service = await ServeAsync(await SimulateAsync(new SimulatorOptions()));

        var answer = await PostAsync(service, "sync/runs", body);

        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.Status, answer.MediaType));
        Assert.True(answer.Json().GetProperty("errors").TryGetProperty(field, out _), answer.Text);
    }

    [Fact]
    public async Task Should_not_call_a_name_that_stands_for_a_private_address()
    {
        var service = await ServeAsync(simulator: null, change: settings => settings with { Sync = settings.Sync with { AllowedHosts = new HashSet<string>(StringComparer.Ordinal) } });

        // A name of this machine, which only its look-up tells.
        var id = await BeginAsync(service, $$"""{"baseUrl":"http://{{Dns.GetHostName()}}:1/"}""");
        var run = await UntilAsync(service, id, "Failed", "Paused", "Completed");

        Assert.True(State(run) is "Failed" or "Paused", run.GetRawText());
    }

    [Fact]
    public async Task Should_begin_one_run_under_an_idempotency_key()
    {
        var service = await ServeAsync(await SimulateAsync(new SimulatorOptions { DelayMs = 50 }), pageSize: 100);

        var first = await service.SendKeyedAsync(HttpMethod.Post, "sync/runs", "k1", """{"source":"datasync"}""");
        await service.ForgetAnswersAsync();
        var again = await service.SendKeyedAsync(HttpMethod.Post, "sync/runs", "k1", """{"source":"datasync"}""");

        Assert.Equal((HttpStatusCode.Accepted, first.Text), (again.Status, again.Text));
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(service, "sync/runs", """{"source":"datasync"}""")).Status);
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("GET", "/stream")]
    [InlineData("POST", "/pause")]
    [InlineData("POST", "/resume")]
    [InlineData("POST", "/cancel")]
    public async Task Should_not_find_a_run_that_was_never_begun(string method, string route)
    {
        var service = await ServeAsync(simulator: null);

        var answer = await service.Cars.SendAsync(new HttpMethod(method), $"sync/runs/{Guid.NewGuid()}{route}", null, Token);

        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (answer.Status, answer.MediaType));
    }

    [Fact]
    public async Task Should_stream_the_progress_until_the_end()
    {
        var simulator = await SimulateAsync(new SimulatorOptions { Total = 3_000, DelayMs = 30 });
        var service = await ServeAsync(simulator, pageSize: 100);
        var id = await BeginAsync(service);

        var text = await Soon(service.Http.GetStringAsync($"sync/runs/{id}/stream", Token));

        var runs = text.Split('\n').Where(line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(line => JsonElement.Parse(line[6..])).ToList();
        Assert.True(runs.Count > 2, text);
        Assert.Equal(("Completed", 3_000), (State(runs[^1]), Count(runs[^1], "eventsStored")));
    }

    /// <summary>Whether no request has come for half a second.</summary>
    private static async Task<bool> StandsStillAsync(RunningService service, Simulator simulator, Guid id)
    {
        var (pages, requests) = (Count(await ReadAsync(service, id), "pages"), simulator.Requests);
        await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, Token);
        return pages == Count(await ReadAsync(service, id), "pages") && requests == simulator.Requests;
    }

    private static async Task<bool> HoldsAsync(string file, byte[] text)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, Token);
        return copy.ToArray().AsSpan().IndexOf(text) >= 0;
    }
}
