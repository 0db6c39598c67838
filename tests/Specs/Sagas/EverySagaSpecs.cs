using System.Net;
using BusIngest.Specs.Processes;
using BusIngest.Specs.Timers.Api;

namespace BusIngest.Specs.Sagas;

/// <summary>The routes of the sagas over every kind that the program has.</summary>
public sealed class EverySagaSpecs : Spec
{
    [Fact]
    public async Task Should_count_list_show_and_draw_each_kind()
    {
        var receiver = Own(await WebhookReceiver.StartAsync());
        var service = Own(await RunningService.StartAsync(WebhookReceiver.SettingsIn(Folder)));
        var timer = await service.SetTimerAsync(TimerBody.Of(59, receiver.Url));
        using (var begun = await service.Http.PostAsync("pedidos/generate?quantity=10", null, Token))
            begun.EnsureSuccessStatusCode();
        await UntilAsync("Both are kept", async token => await CountAsync(service, "timer", token) == 1 && await CountAsync(service, "order-run", token) == 1);

        var kinds = (await service.Cars.GetAsync("sagas", Token)).GetProperty("kinds").EnumerateArray().Select(kind => kind.GetProperty("kind").GetString()!).ToList();
        Assert.Equal(["failover", "order-run", "sync-run", "sync-source", "timer"], kinds);
        foreach (var kind in kinds)
        {
            using var graph = await service.Http.GetAsync($"sagas/{kind}/graph", Token);
            Assert.StartsWith("stateDiagram-v2\n", await graph.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, await service.Cars.StatusAsync($"sagas/{kind}?limit=1", Token));
        }

        var scheduled = (await service.Cars.GetAsync("sagas/timer?state=Scheduled", Token)).GetProperty("sagas");
        Assert.Equal(timer, Assert.Single(scheduled.EnumerateArray()).GetProperty("correlationId").GetGuid());
        Assert.Equal(0, (await service.Cars.GetAsync("sagas/timer?state=Failed", Token)).GetProperty("sagas").GetArrayLength());
        var history = (await service.Cars.GetAsync($"sagas/timer/{timer}", Token)).GetProperty("history");
        Assert.Equal(("CreateTimer", "Scheduled"), (history[0].GetProperty("event").GetString(), history[0].GetProperty("to").GetString()));
    }

    private static async Task<long> CountAsync(RunningService service, string kind, CancellationToken cancellationToken) =>
        (await service.Cars.GetAsync("sagas", cancellationToken)).GetProperty("kinds").EnumerateArray()
            .First(counted => counted.GetProperty("kind").ValueEquals(kind)).GetProperty("total").GetInt64();
}
