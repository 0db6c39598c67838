using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using BusIngest.Api.Configuration;
using BusIngest.Contracts.Sync;
using BusIngest.DataSyncSimulator;
using BusIngest.Specs.Cars;
using BusIngest.Specs.Processes;
using BusIngest.Support;
using BusIngest.Support.Cars;
using BusIngest.Workers.Sync;
using BusIngest.Workers.Sync.Sources;

namespace BusIngest.Specs.Sync;

/// <summary>The whole program beside a simulated API.</summary>
public abstract class SyncSpec : Spec
{
    private const int PageOfEvents = 10_000;
    private static readonly TimeSpan RunDeadline = TimeSpan.FromSeconds(90);

    /// <summary>Starts a simulated API on a free port.</summary>
    private protected async Task<Simulator> SimulateAsync(SimulatorOptions options) =>
        Own(await Simulator.StartAsync(options with { Port = 0 }, TimeProvider.System));

    /// <summary>Starts the program with that API as its source `datasync`.</summary>
    private protected async Task<RunningService> ServeAsync(
        Simulator? simulator, int pageSize = 5_000, string apiKey = "demo-key", Func<Settings, Settings>? change = null, string? folder = null)
    {
        var settings = RunningService.SettingsIn(folder ?? Folder) with { Sync = Options(simulator, pageSize, apiKey) };
        return Own(await RunningService.StartAsync(change is null ? settings : change(settings)));
    }

    /// <summary>Begins a run of the source `datasync`.</summary>
    private protected static async Task<Guid> BeginAsync(RunningService service, string body = """{"source":"datasync"}""")
    {
        var answer = await PostAsync(service, "sync/runs", body);
        Assert.True(answer.Status == HttpStatusCode.Accepted, answer.Text);
        return answer.Json().GetProperty("runId").GetGuid();
    }

    /// <summary>Pulls an API by its address, to the end; once its source is free.</summary>
    private protected static Task<JsonElement> PullAsync(RunningService service, ScriptedApi api, string definition = "{}", string? baseUrl = null)
    {
        var body = JsonNode.Parse(definition)!.AsObject();
        (body["baseUrl"], body["apiKey"], body["pageSize"]) = (baseUrl ?? api.Url, "k", 10);
        return PullBodyAsync(service, body.ToJsonString());
    }

    /// <summary>Begins a run, once its source is free, and follows it to its end.</summary>
    private protected static async Task<JsonElement> PullBodyAsync(RunningService service, string body)
    {
        var begun = await Eventually.BecomesAsync(
            "The run has begun", _ => PostAsync(service, "sync/runs", body), answer => answer.Status != HttpStatusCode.Conflict, RunDeadline, Token);
        Assert.True(begun.Status == HttpStatusCode.Accepted, begun.Text);
        return await UntilAsync(service, begun.Json().GetProperty("runId").GetGuid(), "Completed", "Failed", "Cancelled");
    }

    private protected static async Task<ApiAnswer> PostAsync(RunningService service, string route, string? body = null)
    {
        using var content = body is null ? null : CarRequests.Body(body);
        return await service.Cars.SendAsync(HttpMethod.Post, route, content, Token);
    }

    /// <summary>A run as it is shown.</summary>
    private protected static Task<JsonElement> ReadAsync(RunningService service, Guid runId) => service.Cars.GetAsync($"sync/runs/{runId}", Token);

    /// <summary>Waits until the run is in a state, and gives it.</summary>
    private protected static Task<JsonElement> UntilAsync(RunningService service, Guid runId, params string[] states) => Eventually.BecomesAsync(
        $"The run is {string.Join(" or ", states)}",
        token => service.Cars.GetAsync($"sync/runs/{runId}", token),
        run => states.Contains(State(run), StringComparer.Ordinal),
        RunDeadline,
        Token);

    private protected static string State(JsonElement run) => run.GetProperty("state").GetString()!;

    /// <summary>A number of a run.</summary>
    private protected static long Count(JsonElement run, string name) => run.GetProperty(name).GetInt64();

    /// <summary>Every event is there, once, as it was served.</summary>
    private protected static async Task AssertAllStoredAsync(RunningService service, EventForge forge, int total)
    {
        var stored = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var next = ""; next is not null;)
        {
            var page = await service.Cars.GetAsync($"sync/events?limit={PageOfEvents}{next}", Token);
            foreach (var item in page.GetProperty("events").EnumerateArray())
                Assert.True(stored.TryAdd(item.GetProperty("id").GetString()!, item.GetRawText()), "An event is stored twice");
            next = page.GetProperty("next").GetString() is { } cursor ? $"&after={cursor}" : null;
        }

        for (var i = 0; i < total; i++)
            Assert.Equal(forge.Normalised(i), stored[forge.Id(i).ToString()]);
        Assert.Equal(total, stored.Count);
    }

    private static SyncOptions Options(Simulator? simulator, int pageSize, string apiKey) => new()
    {
        AllowedHosts = new HashSet<string>(["127.0.0.1"], StringComparer.Ordinal),
        PageSize = pageSize,
        Sources = simulator is null ? new Dictionary<string, ConfiguredSource>(StringComparer.Ordinal) : new(StringComparer.Ordinal)
        {
            [SyncOptions.DataSync] = new ConfiguredSource(new SourceDefinition { BaseUrl = simulator.Url, PageSize = pageSize }, new Bus.ReloadableText(apiKey)),
        },
    };
}
