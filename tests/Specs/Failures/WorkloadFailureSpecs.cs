using System.Text.Json;
using BusIngest.Bus.Storage;
using BusIngest.Specs.Cars;
using BusIngest.Specs.Processes;
using BusIngest.Specs.Timers.Api;
using BusIngest.Support.Failures;

namespace BusIngest.Specs.Failures;

/// <summary>Whatever a workload gives up on is listed, mended and sent again by the same routes, and has its effect once.</summary>
public sealed class WorkloadFailureSpecs : Spec
{
    [Theory]
    [InlineData("timer_attempts", "DeliverWebhook", "timer-webhook")]
    [InlineData("sagas", "CreateTimer", "timer")]
    public async Task Should_mend_a_timer(string table, string type, string endpoint)
    {
        var receiver = Own(await WebhookReceiver.StartAsync());
        var service = Own(await RunningService.StartAsync(WebhookReceiver.SettingsIn(Folder)));
        await BreakAsync(service, table);
        var id = await service.SetTimerAsync(TimerBody.Of(0, receiver.Url));

        await MendAsync(service, table, type, endpoint);

        await UntilAsync("It is finished", async token => await service.TimerStatusAsync(id, token) is "Finished");
        var attempts = (await service.AskAsync("GET", $"timer/{id}/attempts")).Json().GetProperty("attempts");
        Assert.Equal(1, attempts.GetArrayLength());
    }

    [Fact]
    public async Task Should_mend_a_run_of_orders()
    {
        const string Table = "order_chunks";
        var service = Own(await RunningService.StartAsync(RunningService.SettingsIn(Folder)));
        await BreakAsync(service, Table);
        using (var begun = await service.Http.PostAsync("pedidos/generate?quantity=1000", null, Token))
            begun.EnsureSuccessStatusCode();

        await MendAsync(service, Table, "GenerateOrderChunk", endpoint: null);

        await UntilAsync("It is done, and recorded once", async token =>
            (await service.Cars.GetAsync("pedidos", token)).GetProperty("phase").ValueEquals("DONE")
            && (await service.Cars.GetAsync("pedidos/runs", token)).GetProperty("runs").GetArrayLength() == 1);
        Assert.Equal(1_000, (await service.Cars.GetAsync("pedidos", Token)).GetProperty("progress").GetProperty("processedTotal").GetInt32());
    }

    [Fact]
    public async Task Should_mend_events()
    {
        const string Table = "events";
        var service = Own(await RunningService.StartAsync(RunningService.SettingsIn(Folder)));
        await BreakAsync(service, Table);
        using (var body = CarRequests.Body("""{"events":[{"event_id":"1","account_id":"acme","user_id":"ann","type":"login","timestamp":"2026-11-21T12:00:00Z"}]}"""))
        using (var posted = await service.Http.PostAsync("events", body, Token))
            posted.EnsureSuccessStatusCode();

        await MendAsync(service, Table, "EventRecorded", "events-store", JsonValueKind.Array);

        await UntilAsync("It counts once", async token =>
            (await service.Cars.GetAsync("accounts/acme/summary?from=2026-11-21T00:00:00Z&to=2026-11-22T00:00:00Z", token)).GetProperty("totals").TryGetProperty("login", out var count)
            && count.GetInt32() == 1);
    }

    private static Task<int> BreakAsync(RunningService service, string table) =>
        RunAsync(service, $"CREATE TRIGGER broken BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'the test broke it'); END");

    private static Task<int> RunAsync(RunningService service, string sql) => service.Get<MainDatabase>().Writer.WriteAsync(1, session =>
    {
        session.Execute(sql);
        return 0;
    });

    private static async Task MendAsync(RunningService service, string table, string type, string? endpoint, JsonValueKind payload = JsonValueKind.Object)
    {
        var failures = new FailuresApi(service.Cars);
        var failed = (await failures.WaitForAsync(1, Token))[0];
        Assert.Equal((type, 2), (failed.Type, failed.Attempts));
        if (endpoint is not null)
            Assert.Equal(endpoint, failed.Endpoint);
        Assert.Contains("the test broke it", failed.Exception, StringComparison.Ordinal);
        Assert.Equal(payload, JsonSerializer.Deserialize<JsonElement>(failed.Payload).ValueKind);
        await RunAsync(service, "DROP TRIGGER broken");
        Assert.Equal(1, (await failures.RetryAllAsync(type, Token)).Json().GetProperty("retried").GetInt32());
        await UntilAsync("It is not listed any more", async token => (await failures.ListAsync(token)).Count == 0);
    }
}
