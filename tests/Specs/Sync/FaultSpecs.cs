using System.Text.Json;
using BusIngest.DataSyncSimulator;
using BusIngest.Support;

namespace BusIngest.Specs.Sync;

/// <summary>Runs against an API that does not behave.</summary>
public sealed class FaultSpecs : SyncSpec
{
    public static TheoryData<FaultKind> Kinds => [.. Enum.GetValues<FaultKind>()];

    [Fact]
    public async Task Should_store_every_event_once_in_spite_of_faults_of_all_kinds()
    {
        const int total = 20_000;
        TestContext.Current.TestOutputHelper!.WriteLine(Seed.Hint);
        var simulator = await SimulateAsync(new SimulatorOptions { Total = total, Seed = Seed.Value, FaultRate = 0.03, CursorSeconds = 5, Duplicates = 10 });
        var service = await ServeAsync(simulator, pageSize: 500);

        var run = await UntilAsync(service, await BeginAsync(service), "Completed", "Failed", "Cancelled");

        Assert.Equal("Completed", State(run));
        Assert.Equal(total, Count(run, "eventsStored"));
        Assert.NotEmpty(simulator.Faults);
        await AssertAllStoredAsync(service, simulator.Forge, total);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Should_get_over_each_kind_of_fault_and_say_that_it_was_there(FaultKind kind)
    {
        const int total = 2_000;
        var simulator = await SimulateAsync(new SimulatorOptions { Total = total, FaultRate = 0.2, Faults = kind.ToString() });
        var service = await ServeAsync(simulator, pageSize: 50);

        var run = await UntilAsync(service, await BeginAsync(service), "Completed", "Failed", "Cancelled");

        Assert.Equal(("Completed", total), (State(run), Count(run, "eventsStored")));
        Assert.True(simulator.Faults[kind] > 0);
        // A wrong total shows only if it is on the last page.
        if (kind != FaultKind.WrongTotal)
        {
            Assert.NotEmpty(run.GetProperty("faults").EnumerateObject());
            Assert.NotEqual(JsonValueKind.Null, run.GetProperty("lastError").ValueKind);
        }

        await AssertAllStoredAsync(service, simulator.Forge, total);
    }

    [Fact]
    public async Task Should_fail_at_once_with_a_wrong_key_and_say_so()
    {
        var simulator = await SimulateAsync(new SimulatorOptions());
        var service = await ServeAsync(simulator, apiKey: "wrong");

        var run = await UntilAsync(service, await BeginAsync(service), "Completed", "Failed", "Paused");

        Assert.Equal("Failed", State(run));
        Assert.Contains("401", run.GetProperty("lastError").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, simulator.Requests);
        Assert.DoesNotContain("wrong", run.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_pause_while_the_source_is_down_and_go_on_when_it_is_back()
    {
        const int total = 10_000;
        var simulator = await SimulateAsync(new SimulatorOptions { Total = total, DelayMs = 40 });
        var service = await ServeAsync(simulator, pageSize: 100);
        var id = await BeginAsync(service);
        await UntilAsync("some pages are stored", async _ => Count(await ReadAsync(service, id), "pages") > 5);

        simulator.IsDown = true;
        var paused = await UntilAsync(service, id, "Paused", "Failed", "Completed");
        simulator.IsDown = false;
        var run = await UntilAsync(service, id, "Completed", "Failed");

        Assert.Equal("Paused", State(paused));
        Assert.NotEqual(JsonValueKind.Null, paused.GetProperty("lastError").ValueKind);
        Assert.NotEqual(JsonValueKind.Null, paused.GetProperty("nextFetchAt").ValueKind);
        Assert.Equal(("Completed", total), (State(run), Count(run, "eventsStored")));
        await AssertAllStoredAsync(service, simulator.Forge, total);
    }

    [Fact]
    public async Task Should_begin_at_the_first_page_when_the_cursor_has_expired_and_store_nothing_twice()
    {
        const int total = 3_000;
        var simulator = await SimulateAsync(new SimulatorOptions { Total = total, DelayMs = 2, ExpireAtPage = 10 });
        var service = await ServeAsync(simulator, pageSize: 100);

        var run = await UntilAsync(service, await BeginAsync(service), "Completed", "Failed");

        Assert.Equal(("Completed", total), (State(run), Count(run, "eventsStored")));
        Assert.True(Count(run, "cursorExpiries") > 0);
        Assert.True(Count(run, "duplicates") >= 500, run.GetRawText());
        await AssertAllStoredAsync(service, simulator.Forge, total);
    }

    [Fact]
    public async Task Should_complete_with_a_note_when_fewer_were_served_than_announced()
    {
        var simulator = await SimulateAsync(new SimulatorOptions { Total = 1_000, TotalOffset = 50 });
        var service = await ServeAsync(simulator, pageSize: 500);

        var run = await UntilAsync(service, await BeginAsync(service), "Completed", "Failed");

        Assert.Equal(("Completed", 1_000), (State(run), Count(run, "eventsStored")));
        Assert.Equal("1050 events were announced, 1000 are stored", run.GetProperty("note").GetString());
    }
}
