using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BusIngest.Api.Configuration;
using BusIngest.Bus;
using BusIngest.DataSyncSimulator;
using BusIngest.Support;
using BusIngest.Support.Cars;
using BusIngest.Support.Failures;
using BusIngest.Support.Servers;
using BusIngest.Support.Storage;
using BusIngest.Workers.Sync;
using BusIngest.Workers.Sync.Sources;

namespace BusIngest.Integration.Operating;

/// <summary>The program on the database of an earlier version; see <see cref="EarlierServer"/>.</summary>
public sealed class UpgradeTests(SharedServers servers) : IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly TemporaryDirectory _folder = new();
    private ScratchDatabase? _database;
    private ScratchVhost? _vhost;
    private Simulator? _simulator;
    private SpreadService? _service;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private CarsApi Api => _service!.Api;

    public async ValueTask InitializeAsync()
    {
        _database = await servers.DatabaseAsync(Token);
        _vhost = await servers.VhostAsync(Token);
        var dataDirectory = Path.Combine(_folder.Path, "data");
        await EarlierServer.WriteAsync(_database, dataDirectory, Token);
        _simulator = await Simulator.StartAsync(new SimulatorOptions { Port = 0, Total = EarlierServer.Events }, TimeProvider.System);
        _service = await SpreadService.StartAsync(_database, _vhost, Roles.Needed, dataDirectory, WithSource);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var disposable in new IAsyncDisposable?[] { _service, _simulator, _vhost, _database })
        {
            if (disposable is not null)
                await disposable.DisposeAsync();
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task Should_store_what_was_parked_and_mend_what_was_given_up()
    {
        var failures = new FailuresApi(Api);
        await BecomesAsync("What was parked is stored", Api.StatsAsync, stats => stats is { Parked: 0, Stored: 3 });
        var failed = Assert.Single(await failures.ListAsync(Token));
        Assert.Equal(HttpStatusCode.Accepted, (await failures.RetryAsync(failed.Id, Token)).Status);

        var stats = await BecomesAsync("All is stored", Api.StatsAsync, stats => stats is { AtRest: true, Stored: 4 });

        Assert.Equal(new CarStats(Generated: 4, Stored: 4, Parked: 0, InFlight: 0, Lost: 0, Duplicates: 0, Redelivered: 0), stats);
        await using var rows = new PostgresCars(_database!.Url);
        Guid[] all = [.. EarlierServer.Stored, EarlierServer.GivenUp, EarlierServer.Parked];
        var (times, _) = await rows.FindAsync(all, Token);
        Assert.All(all, id => Assert.Equal(1, times[id]));
    }

    [Fact]
    public async Task Should_finish_the_run_of_orders_that_was_in_progress()
    {
        var waiting = await Api.GetAsync("pedidos", Token);
        Assert.Equal(("WAITING_VIP_DRAIN", true), (waiting.GetProperty("phase").GetString(), waiting.GetProperty("paused").GetBoolean()));

        Assert.Equal(HttpStatusCode.OK, (await Api.SendAsync(HttpMethod.Post, "pedidos/queue/resume", null, Token)).Status);
        var done = await BecomesAsync("The run is done", token => Api.GetAsync("pedidos", token), status => status.GetProperty("phase").ValueEquals("DONE"));

        Assert.Equal(waiting.GetProperty("lastRunId").GetGuid(), done.GetProperty("lastRunId").GetGuid());
        Assert.Equal((200, 0), (Number(done.GetProperty("progress"), "processedTotal"), Number(done.GetProperty("counts"), "failed")));
        Assert.True(done.GetProperty("barrier").GetProperty("held").GetBoolean());
        Assert.Equal(200, (await Api.GetAsync("pedidos/orders?status=processado&limit=1000", Token)).GetProperty("orders").GetArrayLength());
    }

    [Fact]
    public async Task Should_finish_the_pull_that_was_in_progress()
    {
        var paused = await Api.GetAsync($"sync/runs/{EarlierServer.Pull}", Token);
        Assert.Equal("Paused", paused.GetProperty("state").GetString());
        Assert.InRange(Number(paused, "pages"), 5, EarlierServer.Events / EarlierServer.PageSize);

        Assert.Equal(HttpStatusCode.OK, (await Api.SendAsync(HttpMethod.Post, $"sync/runs/{EarlierServer.Pull}/resume", null, Token)).Status);
        var run = await BecomesAsync(
            "The run is over", token => Api.GetAsync($"sync/runs/{EarlierServer.Pull}", token), seen => seen.GetProperty("state").ValueEquals("Completed"));

        Assert.Equal((EarlierServer.Events, EarlierServer.Events), (Number(run, "eventsStored"), Number(await Api.GetAsync("sync/events/count", Token), "count")));
    }

    [Fact]
    public async Task Should_know_its_timers_their_history_and_the_events()
    {
        var timers = (await Api.GetAsync("api/v1/timers", Token)).GetProperty("timers").EnumerateArray()
            .ToDictionary(timer => timer.GetProperty("timerId").GetGuid(), timer => timer.GetProperty("timerStatus").GetString());
        Assert.Equal((2, "Cancelled"), (timers.Count, timers[EarlierServer.Cancelled]));
        var scheduled = timers.Single(timer => timer.Value is "Scheduled").Key;

        Assert.Equal(HttpStatusCode.OK, (await Api.SendAsync(HttpMethod.Delete, $"api/v1/timer/{scheduled}", null, Token)).Status);

        var history = (await Api.GetAsync($"sagas/timer/{scheduled}", Token)).GetProperty("history");
        Assert.Equal(["CreateTimer", "CancelTimer"], history.EnumerateArray().Select(step => step.GetProperty("event").GetString()!), StringComparer.Ordinal);
        var summary = await Api.GetAsync("accounts/acme/summary?from=2026-11-21T00:00:00Z&to=2026-11-22T00:00:00Z", Token);
        Assert.Equal((1, 1), (Number(summary.GetProperty("totals"), "login"), Number(summary.GetProperty("totals"), "custom")));
    }

    /// <summary>It counted an id once among all accounts.</summary>
    [Fact]
    public async Task Should_know_the_ids_of_events_that_were_stored()
    {
        using var body = JsonContent.Create(new { events = new[] { Event("1", "acme"), Event("2", "other"), Event("2", "acme") } });
        var accepted = await Api.SendAsync(HttpMethod.Post, "events", body, Token);
        Assert.Equal(HttpStatusCode.Accepted, accepted.Status);
        var job = accepted.Json().GetProperty("jobId").GetString();

        var stored = await BecomesAsync("They are stored", token => Api.GetAsync($"jobs/{job}", token), seen => seen.GetProperty("state").ValueEquals("stored"));

        Assert.Equal(2, Number(stored, "known"));
        var summary = await Api.GetAsync($"accounts/other/summary?from=2026-11-21T00:00:00Z&to=2026-11-22T00:00:00Z&after={job}", Token);
        Assert.Equal(1, Number(summary.GetProperty("totals"), "login"));
    }

    private static object Event(string id, string account) =>
        new { event_id = id, account_id = account, user_id = "ann", type = "login", timestamp = "2026-11-21T12:00:00Z" };

    private Settings WithSource(Settings settings) => settings with
    {
        // The rows grow older than any retention.
        Retention = new(),
        Sync = settings.Sync with
        {
            AllowedHosts = new HashSet<string>(["127.0.0.1"], StringComparer.Ordinal),
            Sources = new Dictionary<string, ConfiguredSource>(StringComparer.Ordinal)
            {
                [SyncOptions.DataSync] = new(new() { BaseUrl = _simulator!.Url, PageSize = EarlierServer.PageSize }, new Bus.ReloadableText("demo-key")),
            },
        },
    };

    private static Task<T> BecomesAsync<T>(string what, Func<CancellationToken, Task<T>> probe, Func<T, bool> wanted) =>
        Eventually.BecomesAsync(what, probe, wanted, Deadline, Token);

    private static int Number(JsonElement element, string name) => element.GetProperty(name).GetInt32();
}
