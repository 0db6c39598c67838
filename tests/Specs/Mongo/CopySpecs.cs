using System.Net;
using BusIngest.Bus.Copies;
using BusIngest.Bus.Retention;
using BusIngest.Bus.Storage;
using BusIngest.Specs.Processes;
using BusIngest.Support.Orders;
using MongoDB.Bson;

namespace BusIngest.Specs.Mongo;

/// <summary>The copies of orders and timers.</summary>
public sealed class CopySpecs : MongoSpec
{
    [Fact]
    public async Task Should_keep_orders_and_timers_as_documents_that_old_readers_know()
    {
        var service = await StartAsync();
        var timer = await SetTimerAsync(service);
        var cancelled = await SetTimerAsync(service);
        Assert.Equal(HttpStatusCode.OK, (await service.Cars.SendAsync(HttpMethod.Delete, $"api/v1/timer/{cancelled}", null, Token)).Status);
        await RunOrdersAsync(service, 3_000);

        await AreInStepAsync(service);

        var orders = await Mongo.ReadAsync("orders", Token);
        Assert.Equal(3_000, orders.Count);
        Assert.All(orders.Values, order => Assert.Equal(
            ["_id", "cliente", "valor", "tier", "priority", "observacoes", "status", "createdAt", "processedAt", "seq", "version"], order.Names, StringComparer.Ordinal));
        Assert.All(orders.Values, order => Assert.Equal(
            order["priority"].AsString is "VIP" ? "enviado com prioridade" : "processado sem prioridade", order["observacoes"].AsString));
        Assert.All(orders.Values, order => Assert.Equal(
            (BsonType.Double, BsonType.DateTime, "processado"), (order["valor"].BsonType, order["createdAt"].BsonType, order["status"].AsString)));
        var timers = await Mongo.ReadAsync("timers", Token);
        var copy = timers[$"{timer}"];
        Assert.Equal(
            ("Scheduled", "https://example.com/hook", 1, 2, 3, $"{timer}"),
            (copy["timerStatus"].AsString, copy["webhookUrl"].AsString, copy["hours"].AsInt32, copy["minutes"].AsInt32, copy["seconds"].AsInt32, copy["timerId"].AsString));
        Assert.Equal(TimeSpan.FromSeconds(3_723), copy["dueAt"].ToUniversalTime() - copy["createdAt"].ToUniversalTime());
        Assert.Equal(("Cancelled", BsonNull.Value), (timers[$"{cancelled}"]["timerStatus"].AsString, timers[$"{cancelled}"]["firedAt"]));
    }

    [Fact]
    public async Task Should_delete_the_copies_of_orders_that_are_wiped_cancelled_or_past_their_retention()
    {
        var settings = Settings with { Retention = new() { OrderDays = 7 } };
        var service = Own(await RunningService.StartAsync(settings));
        var api = new OrdersApi(service.Cars);
        await RunOrdersAsync(service, 1_500);
        await AreInStepAsync(service);
        await service.Get<MainDatabase>().Writer.WriteAsync(1, session => session.Statement("UPDATE orders SET created_at = 0 WHERE seq % 2 = 0").Execute(), Token);
        await RunOrdersAsync(service, 1_000);
        await service.Get<RetentionService>().CleanAsync(Token);
        await AreInStepAsync(service);
        Assert.Equal(1_750, (await Mongo.ReadAsync("orders", Token)).Count);

        await api.PauseAsync(Token);
        await api.GenerateAsync(2_000, Token);
        await UntilAsync("all are generated", api.StatusAsync, status => status.Progress.Generated == 2_000);
        await api.CancelAsync(removePending: true, Token);
        await UntilAsync("it is cancelled", api.StatusAsync, status => status.Phase is "ABORTED");
        await api.ResumeAsync(Token);
        await AreInStepAsync(service);

        await api.ResetAsync(Token);
        await UntilAsync("all are gone", async token => (await Mongo.ReadAsync("orders", token)).Count == 0);
        await RunOrdersAsync(service, 600);
        await AreInStepAsync(service);
    }

    [Fact]
    public async Task Should_leave_documents_of_others_alone()
    {
        var others = Mongo.Database.GetCollection<BsonDocument>("orders");
        await others.InsertOneAsync(new BsonDocument { { "_id", "old" }, { "cliente", "Ana" } }, cancellationToken: Token);
        var service = await StartAsync();
        await RunOrdersAsync(service, 600);
        await new OrdersApi(service.Cars).ResetAsync(Token);

        await UntilAsync("one is left", async token => (await Mongo.ReadAsync("orders", token)).Count == 1);
    }

    [Fact]
    public async Task Should_begin_with_all_documents_after_a_time_without_copies()
    {
        await using (var service = await RunningService.StartAsync(Settings))
        {
            await RunOrdersAsync(service, 600);
            await AreInStepAsync(service);
        }

        await using (var without = await RunningService.StartAsync(Settings with { Mongo = null }))
        {
            await new OrdersApi(without.Cars).ResetAsync(Token);
            await RunOrdersAsync(without, 900);
            await SetTimerAsync(without);
            Assert.Equal(0, await CountChangesAsync(without));
        }

        Assert.NotEqual("", await DifferencesAsync(), StringComparer.Ordinal);
        await AreInStepAsync(await StartAsync());
    }

    [Fact]
    public async Task Should_note_a_range_for_bulk_work_and_not_a_row_for_each()
    {
        var service = Own(await RunningService.StartAsync(SettingsAt("mongodb://127.0.0.1:1/nowhere?replicaSet=rs0")));
        await RunOrdersAsync(service, 3_000);

        // The first one for all, 6 chunks, 6 VIP batches and 10 NORMAL ones.
        Assert.InRange(await CountChangesAsync(service), 16, 30);
    }

    private static async Task<int> CountChangesAsync(RunningService service)
    {
        var feeds = service.Get<CopyFeeds>();
        return (await feeds.NextAsync("orders", 10_000, Token)).Count;
    }
}
