using BusIngest.DataSyncSimulator;
using BusIngest.Support;

namespace BusIngest.Specs.Sync;

/// <summary>Runs against an API that permits so many requests a window. The windows are real time: nothing else runs beside.</summary>
[Collection(nameof(AloneCollection))]
public sealed class PacingSpecs : SyncSpec
{
    private const int Limit = 10;
    private const double Seconds = 3;
    private const string LongSetting = "BUSINGEST_LONG";

    [Theory]
    [InlineData(ResetForm.EpochUp, false)]
    [InlineData(ResetForm.EpochDown, false)]
    [InlineData(ResetForm.EpochUp, true)]
    [InlineData(ResetForm.Seconds, false)]
    public async Task Should_hardly_be_refused_after_the_first_window_and_use_what_is_permitted(ResetForm form, bool clock)
    {
        const int pages = 45;
        var simulator = await SimulateAsync(new SimulatorOptions
        {
            Total = pages * 100, RateLimit = Limit, WindowSeconds = Seconds, Reset = form, ClockWindows = clock,
        });
        var service = await ServeAsync(simulator, pageSize: 100);

        // Late in a second, a header in whole seconds can't be told from the moment that the machine was late.
        await Eventually.HoldsAsync(
            "A second has begun", _ => Task.FromResult(TimeProvider.System.GetUtcNow().Millisecond < 200), TimeSpan.FromSeconds(30), Token);
        var begun = TimeProvider.System.GetTimestamp();
        var run = await UntilAsync(service, await BeginAsync(service), "Completed", "Failed");
        var windows = TimeProvider.System.GetElapsedTime(begun).TotalSeconds / Seconds;

        Assert.Equal("Completed", State(run));
        // It was one too many once, and nobody knows why; of windows of a minute there must be none.
        Assert.InRange(simulator.Window.RefusedLater, 0, 1);
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

    [Fact]
    public async Task Should_use_98_percent_of_windows_of_a_minute_and_be_refused_nothing_after_the_first()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable(LongSetting) is "true", $"It takes six minutes: {LongSetting}=true");

        await Task.WhenAll(
            UseAsync(new SimulatorOptions { Reset = ResetForm.EpochUp }),
            UseAsync(new SimulatorOptions { Reset = ResetForm.EpochUp, ClockWindows = true }),
            UseAsync(new SimulatorOptions { Reset = ResetForm.EpochDown }),
            UseAsync(new SimulatorOptions { Reset = ResetForm.Seconds }));

        async Task UseAsync(SimulatorOptions options)
        {
            const int windows = 5;
            const double seconds = 60;
            var simulator = await SimulateAsync(options with { Total = 100_000, RateLimit = Limit, WindowSeconds = seconds });
            var service = await ServeAsync(simulator, pageSize: 100, folder: Path.Combine(Folder, $"{options.Reset}-{options.ClockWindows}"));
            await BeginAsync(service);
            // The first window of a clock has begun before us: the second one counts.
            await UntilWindowAsync(options.ClockWindows ? 2 : 1);
            var (begun, before) = (TimeProvider.System.GetTimestamp(), simulator.Window.Permitted);
            await UntilWindowAsync(windows + (options.ClockWindows ? 2 : 1));
            var (elapsed, permitted) = (TimeProvider.System.GetElapsedTime(begun), simulator.Window.Permitted - before);

            var share = permitted / (Limit * elapsed.TotalSeconds / seconds);
            TestContext.Current.TestOutputHelper!.WriteLine(
                $"{options.Reset}, clock {options.ClockWindows}: {permitted} pages in {elapsed.TotalSeconds:0.00} s, {share:P1} of what is permitted; "
                + $"refused: {simulator.Window.Refused}, later {simulator.Window.RefusedLater}");
            Assert.Equal(0, simulator.Window.RefusedLater);
            Assert.True(share >= 0.98, $"{share:P1}");

            Task UntilWindowAsync(int number) => Eventually.HoldsAsync(
                $"Window {number} has begun", _ => Task.FromResult(simulator.Window.Windows >= number), TimeSpan.FromMinutes(10), Token);
        }
    }
}
