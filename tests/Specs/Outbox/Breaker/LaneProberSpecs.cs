using BusIngest.Bus.Outbox.Breaker;
using BusIngest.Contracts.Failover;
using BusIngest.Specs.Outbox.Failover;

namespace BusIngest.Specs.Outbox.Breaker;

public sealed class LaneProberSpecs : FallbackSpec
{
    private static readonly TimeSpan Cooldown = new BreakerOptions().Cooldown;
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task Should_test_after_the_cool_down_and_close()
    {
        var process = await BrokenAsync();
        Lane.Script = LaneScript.Confirm;

        Clock.Advance(Cooldown - Moment);
        Assert.Equal((Circuit.Open, 0), (process.Breaker.Circuit, Lane.Tests));
        Clock.Advance(Moment);

        await UntilAsync("It is closed", () => process.Breaker.Circuit == Circuit.Closed);
        Assert.Equal(1, Lane.Tests);
    }

    [Fact]
    public async Task Should_test_once_in_a_cool_down_while_the_lane_is_away()
    {
        var process = await BrokenAsync();

        for (var tests = 1; tests <= 4; tests++)
        {
            Clock.Advance(Cooldown);
            await UntilAsync("It was tested", () => Lane.Tests == tests && process.Breaker.Circuit == Circuit.Open);
            await WaitingAsync();
        }

        Assert.Equal(Circuit.Open, process.Breaker.Circuit);
    }

    [Fact]
    public async Task Should_test_at_once_when_the_lane_returns()
    {
        var process = await BrokenAsync();
        Lane.Script = LaneScript.Confirm;

        Lane.Returned.Set();

        await UntilAsync("It is closed, though no time has passed", () => process.Breaker.Circuit == Circuit.Closed);
        Assert.Equal(1, Lane.Tests);
    }

    [Fact]
    public async Task Should_test_again_when_the_lane_returns_during_a_test_that_fails()
    {
        var process = await BrokenAsync();
        var holding = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Lane.Holding = holding.Task;
        Lane.Returned.Set();
        await UntilAsync("It is being tested", () => Lane.Tests == 1);

        Lane.Returned.Set();
        holding.SetResult();
        await UntilAsync("The test has failed", () => process.Breaker.Circuit == Circuit.Open);
        Lane.Script = LaneScript.Confirm;

        await PassUntilAsync("It is closed", () => process.Breaker.Circuit == Circuit.Closed);
        Assert.True(Clock.GetUtcNow() - FakeClock.Start < Cooldown);
    }

    [Fact]
    public async Task Should_not_test_time_and_again_without_a_pause_when_the_lane_keeps_returning()
    {
        await BrokenAsync();
        Lane.Returned.Set();
        await UntilAsync("It was tested", () => Lane.Tests == 1);

        for (var i = 0; i < 100; i++)
        {
            Lane.Returned.Set();
            await Task.Yield();
        }

        Assert.InRange(Lane.Tests, 1, 2);
    }

    [Fact]
    public async Task Should_not_test_a_lane_that_is_isolated()
    {
        var process = await StartAsync();
        await process.Breaker.IsolateAsync();
        // Or what is published would run into its own deadline.
        await UntilAsync("The session is parked", () => process.Rows(nameof(FallbackEntered)).Count == 1);

        Lane.Returned.Set();
        Clock.Advance(10 * Cooldown);
        await process.Breaker.CloseAsync();
        await BreakAsync(process);
        await WaitingAsync();
        Assert.Equal(0, Lane.Tests);
        Clock.Advance(Cooldown);

        await UntilAsync("It is tested now", () => Lane.Tests == 1);
    }

    private async Task<FallbackProcess> BrokenAsync()
    {
        var process = await StartAsync();
        await BreakAsync(process);
        await WaitingAsync();
        return process;
    }

    /// <summary>Waits until prober and recovery wait for their time, and nobody else does.</summary>
    private Task<int> WaitingAsync() => UntilAsync("Both wait for their time", _ => Task.FromResult(Clock.ArmedTimers), armed => armed == 2);
}
