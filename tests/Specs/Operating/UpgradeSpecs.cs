using System.Net;
using BusIngest.Api.Commands.Migrate;
using BusIngest.DataSyncSimulator;
using BusIngest.Specs.Commands;
using BusIngest.Specs.Processes;
using BusIngest.Support.Cars;
using BusIngest.Support.Failures;
using BusIngest.Support.Storage;
using BusIngest.Workers.Sync;
using BusIngest.Workers.Sync.Sources;

namespace BusIngest.Specs.Operating;

/// <summary>The program on files of an earlier version; see <see cref="EarlierFiles"/>.</summary>
public sealed class UpgradeSpecs : Spec
{
    private string DataDirectory => RunningService.SettingsIn(Folder).DataDir;

    [Fact]
    public async Task Should_store_what_was_accepted_and_mend_what_was_given_up()
    {
        var service = await StartAsync();

        var before = await UntilAsync("What was parked is stored", service.Cars.StatsAsync, stats => stats is { Parked: 0, Stored: 3 });
        var failed = Assert.Single(await new FailuresApi(service.Cars).ListAsync(Token));
        Assert.Equal(HttpStatusCode.Accepted, (await new FailuresApi(service.Cars).RetryAsync(failed.Id, Token)).Status);
        var after = await UntilAsync("All is stored", service.Cars.StatsAsync, stats => stats.AtRest);

        Assert.Equal(new CarStats(Generated: 4, Stored: 3, Parked: 0, InFlight: 1, Lost: 0, Duplicates: 0, Redelivered: 0), before);
        Assert.Equal(new CarStats(Generated: 4, Stored: 4, Parked: 0, InFlight: 0, Lost: 0, Duplicates: 0, Redelivered: 0), after);
        Guid[] all = [.. EarlierFiles.Stored, EarlierFiles.GivenUp, EarlierFiles.Parked];
        Assert.All(new StoredCars(DataDirectory).Times(all), pair => Assert.Equal(1, pair.Value));
    }

    [Fact]
    public async Task Should_finish_the_run_of_orders_that_was_in_progress()
    {
        var service = await StartAsync();
        var waiting = await service.Cars.GetAsync("pedidos", Token);
        Assert.Equal(("WAITING_VIP_DRAIN", true), (waiting.GetProperty("phase").GetString(), waiting.GetProperty("paused").GetBoolean()));

        Assert.Equal(HttpStatusCode.OK, (await service.Cars.SendAsync(HttpMethod.Post, "pedidos/queue/resume", null, Token)).Status);
        var done = await UntilAsync(
            "The run is done",
            token => service.Cars.GetAsync("pedidos", token),
            status => string.Equals(status.GetProperty("phase").GetString(), "DONE", StringComparison.Ordinal));

        Assert.Equal(EarlierFiles.Run, done.GetProperty("lastRunId").GetGuid());
        Assert.Equal(200, done.GetProperty("progress").GetProperty("processedTotal").GetInt32());
        Assert.Equal(0, done.GetProperty("counts").GetProperty("failed").GetInt32());
        Assert.Equal(200, (await service.Cars.GetAsync("pedidos/orders?status=processado&limit=1000", Token)).GetProperty("orders").GetArrayLength());
    }

    [Fact]
    public async Task Should_go_on_with_the_pull_that_was_in_progress()
    {
        const int Events = 600;
        EarlierFiles.WritePull(DataDirectory);
        var simulator = Own(await Simulator.StartAsync(new SimulatorOptions { Port = 0, Total = Events }, TimeProvider.System));
        var settings = RunningService.SettingsIn(Folder);
        var service = Own(await RunningService.StartAsync(settings with
        {
            Sync = settings.Sync with
            {
                AllowedHosts = new HashSet<string>(["127.0.0.1"], StringComparer.Ordinal),
                Sources = new Dictionary<string, ConfiguredSource>(StringComparer.Ordinal)
                {
                    [SyncOptions.DataSync] = new(new() { BaseUrl = simulator.Url, PageSize = 20 }, new Bus.ReloadableText("demo-key")),
                },
            },
        }));

        var run = await UntilAsync(
            "The run is over", token => service.Cars.GetAsync($"sync/runs/{EarlierFiles.Pull}", token), seen => seen.GetProperty("state").ValueEquals("Completed"));

        Assert.Equal(Events, run.GetProperty("eventsStored").GetInt32());
        Assert.Equal(Events, (await service.Cars.GetAsync("sync/events/count", Token)).GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Should_know_its_timers_and_their_history()
    {
        var service = await StartAsync();

        Assert.Equal("Scheduled", await StatusAsync(service, EarlierFiles.Timer));
        Assert.Equal("Cancelled", await StatusAsync(service, EarlierFiles.Cancelled));
        Assert.Equal(HttpStatusCode.OK, (await service.Cars.SendAsync(HttpMethod.Delete, $"api/v1/timer/{EarlierFiles.Timer}", null, Token)).Status);
        Assert.Equal("Cancelled", await StatusAsync(service, EarlierFiles.Timer));
        var history = (await service.Cars.GetAsync($"sagas/timer/{EarlierFiles.Timer}", Token)).GetProperty("history");
        Assert.Equal(["CreateTimer", "CancelTimer"], history.EnumerateArray().Select(step => step.GetProperty("event").GetString()!), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Should_tell_which_migrations_it_lacks()
    {
        EarlierFiles.Write(DataDirectory);
        using var recorder = new CommandRecorder(isJson: true);

        await MigrateRun.RunAsync(RunningService.SettingsIn(Folder), recorder.Console, Token);

        var parts = recorder.Lines().Select(line => line.GetProperty("part").GetString()!).Distinct(StringComparer.Ordinal).ToList();
        Assert.Contains("Events", parts, StringComparer.Ordinal);
        Assert.Contains("Inbox", parts, StringComparer.Ordinal);
        Assert.DoesNotContain("Cars", parts, StringComparer.Ordinal);
    }

    private async Task<RunningService> StartAsync()
    {
        EarlierFiles.Write(DataDirectory);
        return Own(await RunningService.StartAsync(RunningService.SettingsIn(Folder)));
    }

    private static async Task<string> StatusAsync(RunningService service, Guid timer) =>
        (await service.Cars.GetAsync($"api/v1/timer/{timer}", Token)).GetProperty("timer").GetProperty("timerStatus").GetString()!;
}
