using BusIngest.DataSyncSimulator;

namespace BusIngest.Specs.Sync;

/// <summary>Runs against an API that permits so many requests a window. The windows are real time: nothing else runs beside.</summary>
[Collection(nameof(AloneCollection))]
public sealed class PacingSpecs : SyncSpec
{
    private const int Limit = 10;
    private const double Seconds = 3;

    [Theory]
    [InlineData(ResetForm.EpochUp, false)]
    [InlineData(ResetForm.EpochDown, false)]
    [InlineData(ResetForm.EpochUp, true)]
    [InlineData(ResetForm.Seconds, false)]
    public async Task Should_be_refused_nothing_after_the_first_window_and_use_what_is_permitted(ResetForm form, bool clock)
    {
        const int pages = 45;
        var simulator = await SimulateAsync(new SimulatorOptions
        {
            Total = pages * 100, RateLimit = Limit, WindowSeconds = Seconds, Reset = form, ClockWindows = clock,
        });
        var service = await ServeAsync(simulator, pageSize: 100);

        var begun = TimeProvider.System.GetTimestamp();
        var run = await UntilAsync(service, await BeginAsync(service), "Completed", "Failed");
        var windows = TimeProvider.System.GetElapsedTime(begun).TotalSeconds / Seconds;

        Assert.Equal("Completed", State(run));
        Assert.Equal(0, simulator.Window.RefusedLater);
        Assert.True(pages >= 0.9 * Limit * (windows - 1), $"{pages} pages in {windows:0.00} windows");
        Assert.Equal(Limit, run.GetProperty("rateLimit").GetProperty("limit").GetInt32());
        await AssertAllStoredAsync(service, simulator.Forge, pages * 100);
    }

    [Fact]
    public async Task Should_show_that_it_waits_and_how_long_it_will_take()
    {
        var simulator = await SimulateAsync(new SimulatorOptions { Total = 5_000, RateLimit = 2, WindowSeconds = 30, RetryAfterDate = true });
        var service = await ServeAsync(simulator, pageSize: 100);
        var id = await BeginAsync(service);

        var run = await UntilAsync(service, id, "Throttled");

        Assert.InRange(Count(run, "etaAtRateLimitMs"), 600_000, 800_000);
        Assert.True(run.GetProperty("nextFetchAt").GetDateTimeOffset() > TimeProvider.System.GetUtcNow());
        Assert.Equal("Cancelled", State((await PostAsync(service, $"sync/runs/{id}/cancel")).Json()));
    }
}
