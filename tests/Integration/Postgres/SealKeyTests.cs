using System.Security.Cryptography;
using BusIngest.Bus;
using BusIngest.Contracts.Sync;
using BusIngest.DataSyncSimulator;
using BusIngest.Integration.Redis;
using BusIngest.Workers.Sync.Credentials;

namespace BusIngest.Integration.Postgres;

/// <summary>Where the key that seals clients' keys is, and what happens where it is not.</summary>
public sealed class SealKeyTests(SharedServers servers) : SyncProcessTest(servers)
{
    private const int Total = 1_000;

    [Fact]
    public async Task Should_open_what_an_earlier_version_sealed_and_keep_its_key_no_longer_beside_it()
    {
        await using var simulator = await SimulateAsync(new SimulatorOptions { Total = Total });
        var vhost = Own(await Servers.VhostAsync(Token));
        await StartAsync(With(vhost.Url, Roles.Sagas | Roles.Scheduler, simulator));
        var drawn = RandomNumberGenerator.GetBytes(32);
        await ExecuteAsync($"INSERT INTO sync_seal_key (id, key) VALUES (1, '{Convert.ToBase64String(drawn)}')");

        var api = await StartAsync(With(vhost.Url, Roles.Api, simulator));
        await StartAsync(With(vhost.Url, Roles.Workers, simulator));
        await UntilAsync("The key is sealed", async _ => await AskAsync<long>("SELECT count(*) FROM sync_seal_key WHERE id = 1") == 0);
        var before = await RunAsync(api, simulator, "before", SealedBox.Seal(drawn, "demo-key", "before"));
        var after = await RunAsync(api, simulator, "after", api.Get<KeySeal>().Seal("demo-key", "after"));
        await UntilAsync(before, "Completed");
        await UntilAsync(after, "Completed");

        Assert.Equal(2, await AskAsync<long>("SELECT count(*) FROM sync_seal_key"));
        Assert.Equal(0, await AskAsync<long>($"SELECT count(*) FROM sync_seal_key WHERE key LIKE '%{Convert.ToBase64String(drawn)}%'"));
    }

    [Fact]
    public async Task Should_end_runs_whose_key_it_can_not_open_and_no_others()
    {
        await using var simulator = await SimulateAsync(new SimulatorOptions { Total = Total });
        var vhost = Own(await Servers.VhostAsync(Token));
        var api = await StartAsync(With(vhost.Url, Roles.Api | Roles.Sagas | Roles.Scheduler, simulator));
        await StartAsync(With(vhost.Url, Roles.Workers, simulator, "another than the others have"));

        var failed = await RunAsync(api, simulator, "sealed", api.Get<KeySeal>().Seal("demo-key", "sealed"));
        var configured = await BeginAsync(api);
        await UntilAsync(failed, "Failed");
        await UntilAsync(configured, "Completed");

        Assert.Contains(
            "SYNC_SECRET", Assert.Single(await ListAsync<string>($"SELECT document ->> 'lastError' FROM sagas WHERE correlation_id = '{failed}'")), StringComparison.Ordinal);
        Assert.Equal(0, await AskAsync<long>("SELECT count(*) FROM failed_messages"));
    }

    [Theory]
    [InlineData(null, "SYNC_SECRET is not set")]
    [InlineData("another than the others have", "The key that seals clients' keys is another than a process before had")]
    public async Task Should_say_at_the_start_that_processes_can_not_open_one_anothers_keys(string? secret, string line)
    {
        var vhost = Own(await Servers.VhostAsync(Token));
        (string, string)[] settings = [("DATABASE_URL", Database.Url), ("RABBITMQ_URL", vhost.Url), ("SEEDER_ENABLED", "false"), ("Logs__Level", "Warning")];
        var api = Own(await ServedProgram.StartAsync([.. settings, ("ROLES", "api"), ("SYNC_SECRET", "what the processes share")]));
        await UntilAsync("The api has noted its key", async _ => await AskAsync<long>("SELECT count(*) FROM sync_seal_key WHERE id = 2") == 1);

        var workers = Own(await ServedProgram.StartAsync([.. settings, ("ROLES", "workers"), ("SYNC_SECRET", secret ?? "")]));

        await UntilAsync("It says so", _ => Task.FromResult(workers.Logged().Contains(line, StringComparison.Ordinal)));
        Assert.DoesNotContain("SYNC_SECRET", api.Logged(), StringComparison.Ordinal);
    }

    private static async Task<Guid> RunAsync(PostgresProcess api, Simulator simulator, string name, string sealedKey)
    {
        var source = new RunSource(SourceIds.Of(name), name, new SourceDefinition { BaseUrl = simulator.Url }, sealedKey, 500);
        return Assert.IsType<SyncAccepted>(await AskAsync(api, source)).RunId;
    }
}
