using System.Net;
using BusIngest.Api.Configuration;
using BusIngest.Bus.Copies;
using BusIngest.Bus.Mongo;
using BusIngest.Bus.Storage;
using BusIngest.Specs.Processes;
using BusIngest.Support.Mongo;
using BusIngest.Support.Orders;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Specs.Mongo;

/// <summary>A test of the whole program on SQLite, with copies in MongoDB: the small server of the tests, or the one that BUSINGEST_MONGO names.</summary>
public abstract class MongoSpec : Spec
{
    protected MongoSpec() => Mongo = Own(MongoScratch.Start());

    private protected MongoScratch Mongo { get; }

    private protected Settings Settings => SettingsAt(Mongo.Uri);

    private protected Settings SettingsAt(string uri)
    {
        var settings = RunningService.SettingsIn(Folder);
        return settings with
        {
            Mongo = MongoOptions.Parse(uri) with { Timeout = TimeSpan.FromSeconds(2) },
            Webhooks = settings.Webhooks with { AllowedHosts = new HashSet<string>(["127.0.0.1"], StringComparer.Ordinal) },
            OrderRun = settings.OrderRun with { ChunkSize = 500, BatchSize = 300 },
        };
    }

    private protected async Task<RunningService> StartAsync() => Own(await RunningService.StartAsync(Settings));

    /// <summary>A run of orders from its beginning to its end.</summary>
    private protected static async Task RunOrdersAsync(RunningService service, int quantity)
    {
        var api = new OrdersApi(service.Cars);
        await api.GenerateAsync(quantity, Token);
        var ended = await UntilAsync("the run is over", api.StatusAsync, status => !status.IsUnderWay);
        Assert.Equal("DONE", ended.Phase);
    }

    /// <summary>Sets a timer.</summary>
    private protected static async Task<Guid> SetTimerAsync(RunningService service, int hours = 1, string url = "https://example.com/hook")
    {
        using var body = new StringContent($$"""{"hours":{{hours}},"minutes":2,"seconds":3,"webhookUrl":"{{url}}"}""");
        var answer = await service.Cars.SendAsync(HttpMethod.Post, "api/v1/timer", body, Token);
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        return answer.Json().GetProperty("timer").GetProperty("timerId").GetGuid();
    }

    /// <summary>Waits until nothing is left to copy, for as long as it gets less, and then that the copies are as the database is.</summary>
    private protected async Task AreInStepAsync(RunningService service)
    {
        await UntilAsync("copying has begun", async token =>
        {
            await using var copies = new CopiesContext(service.Get<IMainDatabase>());
            return await copies.Feeds.CountAsync(token) == 2;
        });
        var left = long.MaxValue;
        while (left > 0)
        {
            left = await UntilAsync(
                "less is left to copy",
                async token => (await service.Get<CopyLags>().ReadAsync(token)).Sum(lag => lag.Documents),
                now => now == 0 || now < left);
        }

        Assert.Equal("", await DifferencesAsync());
    }

    private protected Task<string> DifferencesAsync() => StoredDocuments.DifferencesAsync(Mongo, StoredDocuments.In(Settings.DataDir), Token);
}
