using BusIngest.Api.Commands;
using BusIngest.Api.Commands.Mongo;
using BusIngest.Api.Configuration;
using BusIngest.Bus;
using BusIngest.Bus.Copies;
using BusIngest.Bus.Mongo;
using BusIngest.Integration.Operating;
using BusIngest.Support.Mongo;
using BusIngest.Support.Orders;
using MongoDB.Bson;

namespace BusIngest.Integration.Mongo;

/// <summary>Copies in MongoDB of what is in PostgreSQL, with several processes.</summary>
public sealed class SpreadCopyTests(SharedServers servers) : SpreadTest(servers)
{
    private readonly MongoScratch _mongo = MongoScratch.Start();

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _mongo.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Should_keep_copies_by_one_of_several_workers_and_make_them_anew_beside_them()
    {
        await using var second = await StartSecondAsync(Roles.Workers);
        var orders = new OrdersApi(Api.Api);
        using var body = new StringContent("""{"hours":1,"minutes":0,"seconds":0,"webhookUrl":"https://example.com/hook"}""");
        await Api.Api.SendAsync(HttpMethod.Post, "api/v1/timer", body, Token);
        await orders.GenerateAsync(30_000, Token);
        await BecomesAsync("the run is over", async token => (await orders.StatusAsync(token)).Phase is "DONE");
        await AreInStepAsync();

        await _mongo.Database.GetCollection<BsonDocument>("orders").UpdateManyAsync(
            new BsonDocument("status", "processado"),
            new BsonDocument("$set", new BsonDocument { { "cliente", "nobody" }, { "version", long.MaxValue } }),
            cancellationToken: Token);
        using var text = new StringWriter();
        using var errors = new StringWriter();
        var console = new CommandConsole(TextReader.Null, text, errors, IsJson: false);
        Assert.Equal(0, await console.RunAsync(() => RebuildRun.RunAsync(Worker.Get<Settings>(), console, Token)));
        Assert.Contains("30,001 documents copied", text.ToString(), StringComparison.Ordinal);
        await AreInStepAsync();

        await orders.ResetAsync(Token);
        await BecomesAsync("the copies are gone", async token => (await _mongo.ReadAsync("orders", token)).Count == 0);
    }

    [Fact]
    public async Task Should_go_on_in_another_process_when_one_stops()
    {
        var orders = new OrdersApi(Api.Api);
        await orders.GenerateAsync(20_000, Token);
        for (var start = 1; start <= 3; start++)
        {
            await using var second = await StartSecondAsync(Roles.Workers);
            await BecomesAsync("it answers", async token => (await Api.Get<CopyLags>().ReadAsync(token)).Count == 2);
        }

        await BecomesAsync("the run is over", async token => (await orders.StatusAsync(token)).Phase is "DONE");
        await AreInStepAsync();
    }

    private protected override Settings Change(Settings settings) =>
        settings with { Mongo = MongoOptions.Parse(_mongo.Uri) with { Timeout = TimeSpan.FromSeconds(5) } };

    private async Task AreInStepAsync()
    {
        await BecomesAsync("nothing is left to copy", async token => (await Api.Get<CopyLags>().ReadAsync(token)).All(lag => lag.Documents == 0));
        Assert.Equal("", await StoredDocuments.DifferencesAsync(_mongo, StoredDocuments.At(Database.ConnectionString), Token));
    }
}
