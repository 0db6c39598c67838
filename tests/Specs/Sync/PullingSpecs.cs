using System.Net;
using System.Text.Json;
using BusIngest.DataSyncSimulator;

namespace BusIngest.Specs.Sync;

/// <summary>Runs against an API that behaves well.</summary>
public sealed class PullingSpecs : SyncSpec
{
    [Fact]
    public async Task Should_store_every_event_as_it_was_served()
    {
        const int total = 12_345;
        var simulator = await SimulateAsync(new SimulatorOptions { Total = total });
        var service = await ServeAsync(simulator, pageSize: 1_000);

        var run = await UntilAsync(service, await BeginAsync(service), "Completed", "Failed");

        Assert.Equal(
            ("Completed", 13, total, total, 0, total, 0),
            (State(run), Count(run, "pages"), Count(run, "eventsFetched"), Count(run, "eventsStored"), Count(run, "duplicates"), Count(run, "total"), Count(run, "retries")));
        Assert.Equal(100, run.GetProperty("percent").GetDouble());
        Assert.Equal(JsonValueKind.Null, run.GetProperty("lastError").ValueKind);
        Assert.Equal(13, simulator.Requests);
        await AssertAllStoredAsync(service, simulator.Forge, total);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(500)]
    public async Task Should_complete_whether_few_or_none(int total)
    {
        var simulator = await SimulateAsync(new SimulatorOptions { Total = total });
        var service = await ServeAsync(simulator, pageSize: 500);

        var run = await UntilAsync(service, await BeginAsync(service), "Completed", "Failed");

        Assert.Equal(("Completed", total), (State(run), Count(run, "eventsStored")));
        await AssertAllStoredAsync(service, simulator.Forge, total);
    }

    [Fact]
    public async Task Should_store_doubles_within_and_across_pages_once_and_keep_what_is_no_event_apart()
    {
        const int total = 3_000;
        var simulator = await SimulateAsync(new SimulatorOptions { Total = total, Duplicates = 20, BadItems = 7 });
        var service = await ServeAsync(simulator, pageSize: 500);

        var run = await UntilAsync(service, await BeginAsync(service), "Completed", "Failed");

        // Of the seven, those that are the same on each page are kept once.
        Assert.Equal(("Completed", total, (6 * 3) + 4), (State(run), Count(run, "eventsStored"), Count(run, "rejected")));
        Assert.True(Count(run, "duplicates") >= (6 * 20) + (5 * 20), run.GetRawText());
        await AssertAllStoredAsync(service, simulator.Forge, total);
    }

    [Fact]
    public async Task Should_store_nothing_twice_when_a_source_is_pulled_again()
    {
        var simulator = await SimulateAsync(new SimulatorOptions { Total = 2_000 });
        var service = await ServeAsync(simulator, pageSize: 500);
        await UntilAsync(service, await BeginAsync(service), "Completed");

        var run = await UntilAsync(service, await BeginAsync(service), "Completed");

        Assert.Equal((2_000, 0, 2_000), (Count(run, "eventsFetched"), Count(run, "eventsStored"), Count(run, "duplicates")));
        Assert.Equal(2_000, (await service.Cars.GetAsync("sync/events/count", Token)).GetProperty("count").GetInt64());
    }

    [Fact]
    public async Task Should_find_events_by_what_they_are()
    {
        var simulator = await SimulateAsync(new SimulatorOptions { Total = 1_000 });
        var service = await ServeAsync(simulator);
        await UntilAsync(service, await BeginAsync(service), "Completed");
        var time = DateTimeOffset.FromUnixTimeMilliseconds(EventForge.TimeMs(500)).ToString("O");

        Assert.Equal(200, await CountAsync("type=click"));
        Assert.Equal(1, await CountAsync("userId=user-77"));
        var later = Enumerable.Range(0, 1_000).Count(i => EventForge.TimeMs(i) >= EventForge.TimeMs(500));
        Assert.Equal(later, await CountAsync($"from={Uri.EscapeDataString(time)}"));
        Assert.Equal(1_000 - later, await CountAsync($"to={Uri.EscapeDataString(time)}"));
        Assert.Equal((1_000, 0), (await CountAsync("source=datasync"), await CountAsync("source=other")));
        Assert.Equal(simulator.Forge.Normalised(7), (await service.Cars.SendAsync(HttpMethod.Get, $"sync/events/{simulator.Forge.Id(7)}", null, Token)).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await service.Cars.SendAsync(HttpMethod.Get, "sync/events/none", null, Token)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await service.Cars.SendAsync(HttpMethod.Get, "sync/events?from=x&limit=0", null, Token)).Status);

        async Task<long> CountAsync(string filter) => (await service.Cars.GetAsync($"sync/events/count?{filter}", Token)).GetProperty("count").GetInt64();
    }
}
