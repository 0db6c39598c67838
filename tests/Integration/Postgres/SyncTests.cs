using BusIngest.Bus;
using BusIngest.Bus.Sagas;
using BusIngest.Contracts.Sync;
using BusIngest.DataSyncSimulator;
using BusIngest.Sagas.Sync;
using BusIngest.Support;
using BusIngest.Workers.Sync;
using BusIngest.Workers.Sync.Credentials;
using BusIngest.Workers.Sync.Sources;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Integration.Postgres;

/// <summary>Runs from end to end, over PostgreSQL and RabbitMQ, with several processes of each role.</summary>
public sealed class SyncTests(SharedServers servers) : PostgresTest(servers)
{
    private const int Total = 20_000;

    [Fact]
    public async Task Should_store_every_event_as_it_was_served()
    {
        await using var simulator = await SimulateAsync(new SimulatorOptions { Total = Total, Duplicates = 5, BadItems = 7 });
        var processes = await StartAllAsync(simulator);

        var runId = await BeginAsync(processes[0]);
        await UntilAsync(runId, "Completed");

        await AssertAllStoredAsync(simulator);
        Assert.Equal((40 * 3) + 4, await AskAsync<long>("SELECT count(*) FROM sync_rejects"));
        Assert.Equal((40 * 3) + 4, await AskAsync<long>($"SELECT rejected FROM sync_runs WHERE run_id = '{runId}'"));
        Assert.Equal(Total, await AskAsync<long>($"SELECT events_stored FROM sync_runs WHERE run_id = '{runId}'"));
        Assert.Equal(Total, await AskAsync<long>("SELECT source_events FROM sync_checkpoint"));
    }

    [Fact]
    public async Task Should_store_every_event_once_in_spite_of_faults_and_a_worker_that_is_cut_off_in_a_page()
    {
        TestContext.Current.TestOutputHelper!.WriteLine(Seed.Hint);
        await using var simulator = await SimulateAsync(new SimulatorOptions
        {
            Total = Total, Seed = Seed.Value, FaultRate = 0.05, CursorSeconds = 2, Duplicates = 10, DelayMs = 20,
        });
        var vhost = Own(await Servers.VhostAsync(Token));
        var user = await UserAsync();
        var api = await StartAsync(With(vhost.Url, Roles.Api | Roles.Sagas | Roles.Scheduler, simulator));
        var cut = await StartAsync(UrlOf(user), With(vhost.Url, Roles.Workers, simulator));

        var runId = await BeginAsync(api);
        await UntilAsync("some pages are stored", async _ => (await ListAsync<long>("SELECT pages FROM sync_runs")).FirstOrDefault() > 5);
        // As good as killed: it still runs, and what it holds in hand can't be stored any more.
        await CutOffAsync(user);
        await StartAsync(With(vhost.Url, Roles.Workers, simulator));
        _ = cut.StopAsync();
        await UntilAsync(runId, "Completed");

        await AssertAllStoredAsync(simulator);
        Assert.Equal(0, await AskAsync<long>("SELECT count(*) FROM failed_messages"));
    }

    [Fact]
    public async Task Should_have_one_run_of_a_source_at_a_time_and_open_its_sealed_key_in_another_process()
    {
        await using var simulator = await SimulateAsync(new SimulatorOptions { Total = Total, DelayMs = 100 });
        var processes = await StartAllAsync(simulator);
        var sealedKey = processes[0].Get<KeySeal>().Seal("demo-key", "here");
        var source = new RunSource(SourceIds.Of("here"), "here", new SourceDefinition { BaseUrl = simulator.Url }, sealedKey, 500);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => AskAsync(processes[i % processes.Count], source)));
        var runId = Assert.Single(answers, answer => answer is SyncAccepted) is SyncAccepted accepted ? accepted.RunId : default;
        await UntilAsync(runId, "Completed");

        Assert.Equal(Total, await AskAsync<long>("SELECT count(*) FROM sync_events WHERE source = 'here'"));
        Assert.Equal(1, await AskAsync<long>("SELECT count(*) FROM sagas WHERE kind = 'sync-run'"));
    }

    private static Task<Simulator> SimulateAsync(SimulatorOptions options) => Simulator.StartAsync(options with { Port = 0 }, TimeProvider.System);

    private async Task<List<PostgresProcess>> StartAllAsync(Simulator simulator)
    {
        var vhost = Own(await Servers.VhostAsync(Token));
        return
        [
            await StartAsync(With(vhost.Url, Roles.Api, simulator)),
            await StartAsync(With(vhost.Url, Roles.Sagas | Roles.Scheduler, simulator)),
            await StartAsync(With(vhost.Url, Roles.Sagas | Roles.Scheduler, simulator)),
            await StartAsync(With(vhost.Url, Roles.Workers, simulator)),
            await StartAsync(With(vhost.Url, Roles.Workers, simulator)),
        ];
    }

    private static async Task<Guid> BeginAsync(PostgresProcess process)
    {
        var source = new RunSource(SourceIds.Of(SyncOptions.DataSync), SyncOptions.DataSync, null, null, 500);
        return Assert.IsType<SyncAccepted>(await AskAsync(process, source)).RunId;
    }

    private static async Task<object> AskAsync(PostgresProcess process, RunSource source)
    {
        await using var scope = process.Get<IServiceScopeFactory>().CreateAsyncScope();
        var client = scope.ServiceProvider.GetRequiredService<IRequestClient<RequestSync>>();
        var now = TimeProvider.System.GetUtcNow();
        var answer = await client.GetResponse<SyncAccepted, SyncRefused>(new RequestSync(Guid.CreateVersion7(now), source, now), Token);
        return answer.Message;
    }

    private Task UntilAsync(Guid runId, string state) => UntilAsync(
        $"the run is {state}",
        async _ => string.Equals((await ListAsync<string>($"SELECT state FROM sagas WHERE correlation_id = '{runId}'")).FirstOrDefault(), state, StringComparison.Ordinal));

    private async Task AssertAllStoredAsync(Simulator simulator)
    {
        var stored = (await ListAsync<string>("SELECT id || ' ' || body FROM sync_events")).Order(StringComparer.Ordinal).ToList();
        var wanted = Enumerable.Range(0, Total).Select(i => $"{simulator.Forge.Id(i)} {simulator.Forge.Normalised(i)}").Order(StringComparer.Ordinal).ToList();
        Assert.Equal(wanted, stored);
        Assert.Equal(
            Enumerable.Range(0, Total).Sum(i => EventForge.TimeMs(i) % 1_000_000),
            await AskAsync<decimal>("SELECT sum((extract(epoch FROM timestamp) * 1000)::bigint % 1000000) FROM sync_events"));
    }

    private static PostgresSetup With(string rabbitMqUrl, Roles roles, Simulator simulator)
    {
        var options = new SyncOptions
        {
            AllowedHosts = new HashSet<string>(StringComparer.Ordinal) { "127.0.0.1" },
            Secret = "what the processes share",
            Sources = new Dictionary<string, ConfiguredSource>(StringComparer.Ordinal)
            {
                [SyncOptions.DataSync] = new(new SourceDefinition { BaseUrl = simulator.Url }, new Bus.ReloadableText("demo-key")),
            },
        };
        var setup = new PostgresSetup
        {
            RabbitMqUrl = rabbitMqUrl,
            Services = services => services.AddSync(options, roles).AddSingleton(new SyncRunOptions()),
            Consumers = bus =>
            {
                bus.AddSyncRunSaga().DocumentRepository(SyncRunState.Kind, SyncStateJson.Default.SyncRunState);
                bus.AddSyncSourceSaga().DocumentRepository(SyncSourceState.Kind, SyncStateJson.Default.SyncSourceState);
                bus.AddSyncConsumers();
            },
        };
        return setup with { Options = setup.Options with { Roles = roles } };
    }
}
