using System.Net;
using System.Text.Json.Nodes;
using BusIngest.DataSyncSimulator;
using BusIngest.Specs.Processes;
using BusIngest.Support.Failures;
using BusIngest.Support.Storage;

namespace BusIngest.Specs.Sync;

/// <summary>What a run's messages failed at is mended by the routes of failed messages, and the run goes on as if nothing had been.</summary>
public sealed class MendingSpecs : SyncSpec
{
    private const int Total = 3_000;
    private const int PageSize = 500;
    private const int Pages = Total / PageSize;

    [Fact]
    public async Task Should_store_every_event_once_when_a_page_was_refused()
    {
        var (simulator, service) = await StartAsync();
        await BackDoor.RefuseAsync("sync_events", "INSERT", $"NEW.id = '{simulator.Forge.Id(Total / 2)}'", Token);

        var id = await BeginAsync(service);
        var failed = await FailedAsync(service, "FetchPage", "sync-fetch");
        Assert.Equal("Fetching", State(await ReadAsync(service, id)));
        await BackDoor.AcceptAsync("sync_events", Token);
        await RetryAsync(service, failed);

        await AssertDoneAsync(simulator, service, id);
    }

    [Theory]
    [InlineData("INSERT", "sync-run", "StartSync")]
    [InlineData("UPDATE", "sync-run", "SyncCompleted")]
    [InlineData("UPDATE", "sync-source", "SyncEnded")]
    public async Task Should_decide_once_when_a_decision_was_refused(string verb, string kind, string type)
    {
        var (simulator, service) = await StartAsync();
        await BackDoor.RefuseAsync("sagas", verb, $"NEW.kind = '{kind}'", Token);

        // It answers when the run's row is there, or after a while.
        var begun = BeginAsync(service);
        var failed = await FailedAsync(service, type, kind);
        await BackDoor.AcceptAsync("sagas", Token);
        await RetryAsync(service, failed);

        await AssertDoneAsync(simulator, service, await begun);
        Assert.Equal(Pages, simulator.Requests);
    }

    [Fact]
    public async Task Should_run_as_it_was_edited_once()
    {
        const int refused = 7;
        var (simulator, service) = await StartAsync();
        await BackDoor.RefuseAsync("sagas", "INSERT", $"NEW.kind = 'sync-run' AND json_extract(NEW.document, '$.source.pageSize') = {refused}", Token);

        var begun = BeginAsync(service, $$"""{"source":"datasync","pageSize":{{refused}}}""");
        var failed = await FailedAsync(service, "StartSync", "sync-run");
        var edited = JsonNode.Parse(failed.Payload)!;
        var source = edited["message"]!["source"]!;
        Assert.Equal(refused, source["pageSize"]!.GetValue<int>());
        source["pageSize"] = PageSize;
        await RetryAsync(service, failed, $$"""{"payload":{{edited.ToJsonString()}}}""");

        await AssertDoneAsync(simulator, service, await begun);
        Assert.Equal(Pages, simulator.Requests);
    }

    private SqliteBackDoor BackDoor => new(RunningService.SettingsIn(Folder).DataDir);

    /// <summary>All pages fit into one stretch, however slow the machine is.</summary>
    private async Task<(Simulator Simulator, RunningService Service)> StartAsync()
    {
        var simulator = await SimulateAsync(new SimulatorOptions { Total = Total });
        var service = await ServeAsync(
            simulator, PageSize, change: settings => settings with { Sync = settings.Sync with { StretchTime = TimeSpan.FromSeconds(30) } });
        return (simulator, service);
    }

    private static async Task<FailedMessage> FailedAsync(RunningService service, string type, string endpoint)
    {
        var failed = (await new FailuresApi(service.Cars).WaitForAsync(1, Token))[0];
        Assert.Equal((type, endpoint, 2), (failed.Type, failed.Endpoint, failed.Attempts));
        Assert.Contains("refused by the test", failed.Exception, StringComparison.Ordinal);
        return failed;
    }

    /// <summary>Sends it again, as several do at the same time.</summary>
    private static async Task RetryAsync(RunningService service, FailedMessage failed, string body = "{}")
    {
        var failures = new FailuresApi(service.Cars);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => failures.RetryAsync(failed.Id, body, Token)));
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Accepted);
        Assert.Equal(3, answers.Count(answer => answer.Status == HttpStatusCode.NotFound));
    }

    /// <summary>The run is over, with every event counted and stored once; nothing is left of what failed, and its source is free.</summary>
    private static async Task AssertDoneAsync(Simulator simulator, RunningService service, Guid id)
    {
        var run = await UntilAsync(service, id, "Completed", "Failed");
        Assert.Equal(
            ("Completed", Pages, Total, Total, 0, 0),
            (State(run), Count(run, "pages"), Count(run, "eventsFetched"), Count(run, "eventsStored"), Count(run, "duplicates"), Count(run, "rejected")));
        await AssertAllStoredAsync(service, simulator.Forge, Total);
        var history = (await service.Cars.GetAsync($"sagas/sync-run/{id}", Token)).GetProperty("history").EnumerateArray();
        Assert.Equal(["StartSync", "SyncCompleted"], history.Select(change => change.GetProperty("event").GetString()!), StringComparer.Ordinal);
        await UntilAsync(
            "The source is free", async token => (await service.Cars.GetAsync("sagas/sync-source?state=Free", token)).GetProperty("sagas").GetArrayLength() == 1);
        Assert.Empty(await new FailuresApi(service.Cars).ListAsync(Token));
    }
}
