using System.Net;
using BusIngest.DataSyncSimulator;
using BusIngest.Support.Orders;
using BusIngest.Support.Servers;
using BusIngest.Support.Timers;

namespace BusIngest.Integration.Postgres.Serving;

/// <summary>Every workload over a pgbouncer that ignores no startup parameter.</summary>
public sealed class PgBouncerTests(SharedServers servers) : ServedTest(servers)
{
    private const int Orders = 3_000;
    private const int Pulled = 1_200;

    [Theory]
    [InlineData("session", "")]
    [InlineData("transaction", "?Max%20Auto%20Prepare=0")]
    public async Task Should_do_all_work_over_a_pool(string mode, string options)
    {
        var bouncer = Own(await PgBouncer.StartAsync(Database.Url, mode, Token));
        var sink = Own(await WebhookSink.StartAsync(Token));
        var remote = Own(await Simulator.StartAsync(new SimulatorOptions { Port = 0, Total = Pulled }, TimeProvider.System));
        await StartAsync(
            bouncer.Before(Database.Url) + options,
            ("SYNC_ALLOWED_HOSTS", "127.0.0.1"), ("API_BASE_URL", remote.Url), ("API_KEY", "demo-key"));

        var timers = new TimersApi(Api, new TimerLedger());
        Assert.NotNull(await timers.PostAsync("pooled", 1, sink.Url("pooled", WebhookBehaviour.Prompt), Token));
        await new OrdersApi(Api).GenerateAsync(Orders, Token);
        using var source = Json("""{"source":"datasync"}""");
        var run = (await Api.SendAsync(HttpMethod.Post, "sync/runs", source, Token)).Json().GetProperty("runId").GetGuid();
        for (var i = 0; i < 10; i++)
            Assert.Equal(HttpStatusCode.Accepted, await PostCarAsync("pooled"));
        using var events = Json($$"""
            {"events":[{"event_id":"e-1","account_id":"acme","user_id":"ann","type":"login","timestamp":"{{TimeProvider.System.GetUtcNow():yyyy-MM-ddTHH:mm:ss}}Z"}]}
            """);
        Assert.Equal(HttpStatusCode.Accepted, (await Api.SendAsync(HttpMethod.Post, "events", events, Token)).Status);

        await CarsBecomeAsync("pooled", 10);
        await UntilAsync("The webhook is called", _ => Task.FromResult(sink.Calls("pooled") == 1));
        await UntilAsync("The event is counted", async token =>
            (await Api.GetAsync("accounts/acme/summary?window=last_24h", token)).GetProperty("totals") is var totals && totals.TryGetProperty("login", out var logins) && logins.GetInt64() == 1);
        await UntilAsync("The orders are processed", async _ => await AskAsync<long>("SELECT count(*) FROM orders WHERE status = 'processado'") == Orders);
        await UntilAsync("The run is over", async token => (await Api.GetAsync($"sync/runs/{run}", token)).GetProperty("state").ValueEquals("Completed"));
        Assert.Equal(Pulled, await AskAsync<long>("SELECT count(*) FROM sync_events"));
        Assert.Equal(HttpStatusCode.OK, (await new OrdersApi(Api).ResetAsync(Token)).Status);
        await NothingIsGivenUpAsync();
        Assert.Null(await AilingAsync("database"));
        Assert.Null(await AilingAsync("loops"));
    }
}
