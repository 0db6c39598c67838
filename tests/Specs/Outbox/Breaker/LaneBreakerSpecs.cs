using BusIngest.Bus.Outbox.Breaker;
using BusIngest.Specs.Outbox.Failover;

namespace BusIngest.Specs.Outbox.Breaker;

public sealed class LaneBreakerSpecs : FallbackSpec
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMilliseconds(400);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(17)]
    public async Task Should_open_after_so_many_failures_in_a_row(int threshold)
    {
        var breaker = await BreakerAsync(threshold);

        for (var failure = 1; failure <= threshold; failure++)
        {
            Assert.Equal(Circuit.Closed, breaker.Circuit);
            Assert.IsType<IOException>((await TryAsync(breaker, LaneScript.Fail)).Failure);
            Assert.Equal(failure, breaker.Failures);
        }

        Assert.Equal(Circuit.Open, breaker.Circuit);
        Assert.False(breaker.IsIsolated);
    }

    [Fact]
    public async Task Should_open_after_as_many_failures_again_when_it_was_closed()
    {
        var breaker = await BreakerAsync(3);
        for (var round = 0; round < 3; round++)
        {
            for (var failure = 0; failure < 3; failure++)
            {
                Assert.Equal(Circuit.Closed, breaker.Circuit);
                await TryAsync(breaker, LaneScript.Fail);
            }

            Assert.Equal(Circuit.Open, breaker.Circuit);
            Lane.Script = LaneScript.Confirm;
            await breaker.TestAsync();
            Assert.Equal((Circuit.Closed, 0), (breaker.Circuit, breaker.Failures));
        }
    }

    [Fact]
    public async Task Should_start_counting_anew_after_a_success()
    {
        var breaker = await BreakerAsync(3);
        for (var round = 0; round < 20; round++)
        {
            await TryAsync(breaker, LaneScript.Fail);
            await TryAsync(breaker, LaneScript.Fail);
            Assert.True((await TryAsync(breaker, LaneScript.Confirm)).Confirmed);
        }

        Assert.Equal((Circuit.Closed, 0), (breaker.Circuit, breaker.Failures));
    }

    [Fact]
    public async Task Should_let_nothing_through_while_it_is_open()
    {
        var breaker = await BreakerAsync(1);
        await TryAsync(breaker, LaneScript.Fail);
        Clock.Advance(TimeSpan.FromDays(400));

        for (var i = 0; i < 10; i++)
            Assert.Equal(default, await TryAsync(breaker, LaneScript.Confirm));

        Assert.Equal(1, Lane.Tries);
        Assert.Equal(Circuit.Open, breaker.Circuit);
    }

    [Fact]
    public async Task Should_let_one_thing_at_a_time_through_after_a_failure()
    {
        var breaker = await BreakerAsync(5);
        await TryAsync(breaker, LaneScript.Fail);

        var trial = TryAsync(breaker, LaneScript.Hang).AsTask();
        Assert.Equal(default, await TryAsync(breaker, LaneScript.Confirm));
        Assert.Equal(default, await TryAsync(breaker, LaneScript.Confirm));
        Clock.Advance(Deadline);
        Assert.NotNull((await Soon(trial)).Failure);

        Assert.True((await TryAsync(breaker, LaneScript.Confirm)).Confirmed);
        var both = new[] { TryAsync(breaker, LaneScript.Hang).AsTask(), TryAsync(breaker, LaneScript.Hang).AsTask() };
        await UntilAsync("Both are in hand", () => Lane.MostAtOnce == 2);
        Clock.Advance(Deadline);
        await Soon(Task.WhenAll(both));
    }

    [Theory]
    [InlineData(LaneScript.Hang)]
    [InlineData(LaneScript.HangForEver)]
    [InlineData(LaneScript.LoseAnswer)]
    public async Task Should_give_up_at_the_deadline_whether_or_not_the_lane_does(object script)
    {
        var breaker = await BreakerAsync(1);
        var hanging = TryAsync(breaker, (LaneScript)script).AsTask();
        await UntilAsync("It hangs", () => Lane.Tries == 1);

        Clock.Advance(Deadline - TimeSpan.FromMilliseconds(1));
        Assert.False(hanging.IsCompleted);
        Clock.Advance(TimeSpan.FromMilliseconds(1));

        var attempt = await Soon(hanging);
        Assert.False(attempt.Confirmed);
        Assert.Contains("400 ms", Assert.IsType<TimeoutException>(attempt.Failure).Message, StringComparison.Ordinal);
        Assert.Equal(Circuit.Open, breaker.Circuit);
    }

    [Fact]
    public async Task Should_be_half_open_while_it_is_tested_and_let_no_one_else_through()
    {
        var breaker = await BreakerAsync(1);
        await TryAsync(breaker, LaneScript.Fail);
        var holding = new TaskCompletionSource();
        (Lane.Script, Lane.Holding) = (LaneScript.Confirm, holding.Task);

        var test = breaker.TestAsync();
        await UntilAsync("It is being tested", () => Lane.Tests == 1);
        Assert.Equal(Circuit.HalfOpen, breaker.Circuit);
        Assert.Equal(default, await TryAsync(breaker, LaneScript.Confirm));

        holding.SetResult();
        await Soon(test);
        Assert.Equal(Circuit.Closed, breaker.Circuit);
        Assert.True((await TryAsync(breaker, LaneScript.Confirm)).Confirmed);
    }

    [Fact]
    public async Task Should_stay_open_when_the_test_fails()
    {
        var breaker = await BreakerAsync(1);
        await TryAsync(breaker, LaneScript.Fail);

        for (var test = 1; test <= 3; test++)
        {
            await breaker.TestAsync();
            Assert.Equal((Circuit.Open, 1 + test), (breaker.Circuit, breaker.Failures));
        }
    }

    [Fact]
    public async Task Should_stay_isolated_until_it_is_closed_by_hand()
    {
        var breaker = await BreakerAsync(5);

        await breaker.IsolateAsync();
        await breaker.IsolateAsync();

        Assert.Equal((Circuit.Open, true, false), (breaker.Circuit, breaker.IsIsolated, breaker.AwaitsTest));
        await breaker.TestAsync();
        Assert.Equal((Circuit.Open, 0), (breaker.Circuit, Lane.Tests));
        Assert.Equal(default, await TryAsync(breaker, LaneScript.Confirm));

        await breaker.CloseAsync();
        Assert.Equal((Circuit.Closed, false), (breaker.Circuit, breaker.IsIsolated));
        Assert.True((await TryAsync(breaker, LaneScript.Confirm)).Confirmed);
    }

    [Fact]
    public async Task Should_stay_isolated_when_that_happens_while_it_is_tested()
    {
        var breaker = await BreakerAsync(1);
        await TryAsync(breaker, LaneScript.Fail);
        var holding = new TaskCompletionSource();
        (Lane.Script, Lane.Holding) = (LaneScript.Confirm, holding.Task);
        var test = breaker.TestAsync();
        await UntilAsync("It is being tested", () => Lane.Tests == 1);

        await breaker.IsolateAsync();
        holding.SetResult();
        await Soon(test);

        Assert.Equal((Circuit.Open, true), (breaker.Circuit, breaker.IsIsolated));
    }

    [Fact]
    public async Task Should_close_by_hand_what_failures_opened()
    {
        var breaker = await BreakerAsync(1);
        await TryAsync(breaker, LaneScript.Fail);

        await breaker.CloseAsync();

        Assert.Equal((Circuit.Closed, 0), (breaker.Circuit, breaker.Failures));
        Assert.True((await TryAsync(breaker, LaneScript.Confirm)).Confirmed);
    }

    private async Task<LaneBreaker> BreakerAsync(int threshold) =>
        (await OpenAsync(new FallbackSetup { Breaker = new BreakerOptions { FailureThreshold = threshold } })).Breaker;

    private ValueTask<LaneAttempt> TryAsync(LaneBreaker breaker, LaneScript script)
    {
        Lane.Script = script;
        return breaker.TryAsync(deadline => Lane.ForwardAsync(Inbox.InboxFile.Entry(), deadline), Deadline);
    }
}
