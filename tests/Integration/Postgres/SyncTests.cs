using BusIngest.Bus;
using BusIngest.Contracts.Sync;
using BusIngest.DataSyncSimulator;
using BusIngest.Support;
using BusIngest.Workers.Sync.Credentials;

namespace BusIngest.Integration.Postgres;

/// <summary>Runs from end to end, over PostgreSQL and RabbitMQ, with several processes of each role.</summary>
public sealed class SyncTests(SharedServers servers) : SyncProcessTest(servers)
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
            Total = Total, Seed = Seed.Value, FaultRate = 0.03, CursorSeconds = 5, Duplicates = 10, DelayMs = 20,
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

    private async Task AssertAllStoredAsync(Simulator simulator)
    {
        var stored = (await ListAsync<string>("SELECT id || ' ' || body FROM sync_events")).Order(StringComparer.Ordinal).ToList();
        var wanted = Enumerable.Range(0, Total).Select(i => $"{simulator.Forge.Id(i)} {simulator.Forge.Normalised(i)}").Order(StringComparer.Ordinal).ToList();
        Assert.Equal(wanted, stored);
        Assert.Equal(
            Enumerable.Range(0, Total).Sum(i => EventForge.TimeMs(i) % 1_000_000),
            await AskAsync<decimal>("SELECT sum((extract(epoch FROM timestamp) * 1000)::bigint % 1000000) FROM sync_events"));
    }
}
