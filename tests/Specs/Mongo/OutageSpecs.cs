using System.Net;
using BusIngest.Specs.Processes;
using BusIngest.Specs.Telemetry;
using BusIngest.Support.Mongo;

namespace BusIngest.Specs.Mongo;

/// <summary>MongoDB away costs latency of the copies, and nothing else. These need the small server, which can be taken away.</summary>
public sealed class OutageSpecs : MongoSpec
{
    private FakeMongo Fake
    {
        get
        {
            Assert.SkipWhen(MongoScratch.IsReal, "A real server is not taken away");
            return Mongo.Fake!;
        }
    }

    [Fact]
    public async Task Should_serve_and_tell_while_mongodb_is_away_and_catch_up()
    {
        await Fake.StopAsync();
        var service = await StartAsync();
        await RunOrdersAsync(service, 1_200);
        var timer = await SetTimerAsync(service);

        await UntilAsync("it is degraded", token => HealthAsync(service, token), health => health is ("degraded", "degraded"));
        var page = await PageAsync(service);
        Assert.Equal(0, page.Find("busingest_mongo_up"));
        Assert.InRange(page.Find("busingest_copies_behind_documents", ("collection", "orders")) ?? 0, 1_200, 10_000);
        Assert.InRange(page.Find("busingest_copies_behind_seconds", ("collection", "orders")) ?? 0, 0.001, 60);
        await UntilAsync(
            "the dashboard shows it",
            token => service.Http.GetStringAsync("/", token),
            text => text.Contains("MongoDB orders", StringComparison.Ordinal) && text.Contains(" behind<", StringComparison.Ordinal));

        Fake.Resume();

        await AreInStepAsync(service);
        Assert.Contains($"{timer}", (await Mongo.ReadAsync("timers", Token)).Keys, StringComparer.Ordinal);
        await UntilAsync("it is healthy", token => HealthAsync(service, token), health => health is ("healthy", "healthy"));
        page = await PageAsync(service);
        Assert.Equal((1, 0), (page.Find("busingest_mongo_up"), page.Find("busingest_copies_behind_documents", ("collection", "orders"))));
    }

    [Fact]
    public async Task Should_lose_and_double_nothing_when_connections_are_cut_and_the_server_stalls()
    {
        var faults = new Random(7);
        Fake.Fault = command => command is "update" or "delete" or "find" && faults.Next(4) == 0
            ? faults.Next(2) == 0 ? MongoFault.CutBefore : MongoFault.CutAfter
            : MongoFault.None;
        var service = await StartAsync();
        await RunOrdersAsync(service, 2_000);
        Fake.Stall();
        await SetTimerAsync(service);
        await UntilAsync("it is degraded", token => HealthAsync(service, token), health => health is ("degraded", "degraded"));
        Fake.Go();
        Fake.Cut();

        await AreInStepAsync(service);
    }

    [Fact]
    public async Task Should_go_on_where_it_was_after_a_restart()
    {
        await using (var service = await RunningService.StartAsync(Settings))
        {
            await RunOrdersAsync(service, 900);
            await AreInStepAsync(service);
            await Fake.StopAsync();
            await RunOrdersAsync(service, 700);
            await SetTimerAsync(service);
        }

        Fake.Resume();

        await AreInStepAsync(await StartAsync());
        Assert.Equal(1_600, (await Mongo.ReadAsync("orders", Token)).Count);
    }

    private static async Task<(string, string)> HealthAsync(RunningService service, CancellationToken cancellationToken)
    {
        var answer = await service.Cars.SendAsync(HttpMethod.Get, "health", null, cancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return (answer.Json().GetProperty("status").GetString()!, answer.Json().GetProperty("services").GetProperty("mongodb").GetString()!);
    }

    private static Task<PrometheusLines> PageAsync(RunningService service) => PrometheusLines.ReadAsync(service);
}
