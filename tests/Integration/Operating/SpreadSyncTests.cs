using System.Net;
using System.Text;
using BusIngest.Api.Configuration;
using BusIngest.Contracts.Sync;
using BusIngest.DataSyncSimulator;
using BusIngest.Support.Failures;
using BusIngest.Workers.Sync;
using BusIngest.Workers.Sync.Sources;

namespace BusIngest.Integration.Operating;

/// <summary>What a run's message failed at in another process is mended by the routes of failed messages, over RabbitMQ and PostgreSQL.</summary>
public sealed class SpreadSyncTests(SharedServers servers) : SpreadTest(servers)
{
    private const int Total = 3_000;

    private Simulator? _simulator;

    /// <inheritdoc />
    public override async ValueTask InitializeAsync()
    {
        _simulator = await Simulator.StartAsync(new SimulatorOptions { Port = 0, Total = Total }, TimeProvider.System);
        await base.InitializeAsync();
    }

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_simulator is not null)
            await _simulator.DisposeAsync();
    }

    [Theory]
    // Those of the later pages.
    [InlineData("sync_events", "INSERT", "NEW.timestamp > to_timestamp(1704067405)", "FetchPage", "sync-fetch")]
    [InlineData("sagas", "UPDATE", "NEW.kind = 'sync-run'", "SyncCompleted", "sync-run")]
    public async Task Should_store_every_event_once_when_a_message_was_mended(string table, string verb, string condition, string type, string endpoint)
    {
        var failures = new FailuresApi(Api.Api);
        await RunAsync($"""
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused by the test'; END $$;
            CREATE TRIGGER refused BEFORE {verb} ON {table} FOR EACH ROW WHEN ({condition}) EXECUTE FUNCTION refuse()
            """);
        using var body = new StringContent($$"""{"source":"{{SyncOptions.DataSync}}"}""", Encoding.UTF8, "application/json");
        var begun = await Api.Api.SendAsync(HttpMethod.Post, "sync/runs", body, Token);
        Assert.Equal(HttpStatusCode.Accepted, begun.Status);
        var run = $"sync/runs/{begun.Json().GetProperty("runId").GetGuid()}";

        var failed = (await failures.WaitForAsync(1, Token))[0];
        Assert.Equal((type, endpoint, 2), (failed.Type, failed.Endpoint, failed.Attempts));
        Assert.Contains("refused by the test", failed.Exception, StringComparison.Ordinal);
        await RunAsync($"DROP TRIGGER refused ON {table}");
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => failures.RetryAsync(failed.Id, Token)));
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Accepted);

        await BecomesAsync("It is over", async token => (await Api.Api.GetAsync(run, token)).GetProperty("state").ValueEquals("Completed"));
        var done = await Api.Api.GetAsync(run, Token);
        Assert.Equal((Total, Total, 0), (Count("eventsFetched"), Count("eventsStored"), Count("duplicates")));
        await RunAsync($"DO $$ BEGIN ASSERT (SELECT count(*) = {Total} AND count(DISTINCT id) = {Total} FROM sync_events); END $$");
        await BecomesAsync("Its source is free", async token =>
            (await Api.Api.GetAsync("sagas/sync-source?state=Free", token)).GetProperty("sagas").GetArrayLength() == 1);
        Assert.Empty(await failures.ListAsync(Token));

        int Count(string name) => done.GetProperty(name).GetInt32();
    }

    private protected override Settings Change(Settings settings) => settings with
    {
        Sync = new SyncOptions
        {
            AllowedHosts = new HashSet<string>(["127.0.0.1"], StringComparer.Ordinal),
            PageSize = 500,
            // All pages fit into one stretch, however slow the machine is.
            StretchTime = TimeSpan.FromSeconds(30),
            Sources = new Dictionary<string, ConfiguredSource>(StringComparer.Ordinal)
            {
                [SyncOptions.DataSync] = new(new SourceDefinition { BaseUrl = _simulator!.Url, PageSize = 500 }, new Bus.ReloadableText("demo-key")),
            },
        },
    };
}
