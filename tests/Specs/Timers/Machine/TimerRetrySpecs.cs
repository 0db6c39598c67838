using BusIngest.Contracts.Timers;
using BusIngest.Sagas.Timers;

namespace BusIngest.Specs.Timers.Machine;

public sealed class TimerRetrySpecs : Spec
{
    [Fact]
    public async Task Should_try_again_on_the_schedule_and_give_up_after_it()
    {
        var bench = Own(new TimerBench());
        await bench.SendAsync(bench.Creation);
        await bench.FireLastAsync();

        foreach (var (seconds, attempt) in new[] { 5, 30, 120, 600, 3600 }.Select((seconds, i) => (seconds, i + 1)))
        {
            await bench.SendAsync(bench.Failure(attempt));
            AssertPauses(bench, TimeSpan.FromSeconds(seconds));
            Assert.Equal($"503 at try {attempt}", bench.Timer!.LastError);
            await bench.FireLastAsync();
            Assert.Equal((attempt + 1, attempt + 1, null), (bench.Timer!.Attempts, bench.Deliveries[^1].Attempt, bench.Timer.NextAttemptAt));
        }

        var sends = bench.Scheduler.Sends.Count;
        await bench.SendAsync(bench.Failure(6));

        Assert.Equal(("Failed", "503 at try 6", null), (bench.Timer!.CurrentState, bench.Timer.LastError, bench.Timer.NextAttemptAt));
        Assert.Equal((sends, 6), (bench.Scheduler.Sends.Count, bench.Deliveries.Count));
        Assert.Single(bench.Deliveries.Select(delivery => delivery with { Attempt = 0 }).Distinct());
    }

    [Theory]
    [InlineData(null, 5_000)]
    [InlineData(-1L, 5_000)]
    [InlineData(0L, 5_000)]
    [InlineData(4_999L, 5_000)]
    [InlineData(5_001L, 5_001)]
    [InlineData(7_200_000L, 7_200_000)]
    [InlineData(86_400_000L, 86_400_000)]
    [InlineData(86_400_001L, 86_400_000)]
    [InlineData(long.MaxValue, 86_400_000)]
    [InlineData(long.MinValue, 5_000)]
    public async Task Should_wait_as_long_as_it_is_asked_to_and_never_less_than_the_schedule(long? retryAfterMs, long pauseMs)
    {
        var bench = Own(new TimerBench());
        await bench.SendAsync(bench.Creation);
        await bench.FireLastAsync();

        await bench.SendAsync(bench.Failure(1, retryAfterMs));

        AssertPauses(bench, TimeSpan.FromMilliseconds(pauseMs));
    }

    [Fact]
    public async Task Should_give_up_at_once_without_a_schedule()
    {
        var bench = Own(new TimerBench(new TimerOptions { RetrySchedule = [] }));
        await bench.SendAsync(bench.Creation);
        await bench.FireLastAsync();

        await bench.SendAsync(bench.Failure(1, retryAfterMs: 1));

        Assert.Equal("Failed", bench.Timer!.CurrentState);
    }

    [Theory]
    [InlineData(TimerSituation.Finished)]
    [InlineData(TimerSituation.Failed)]
    public async Task Should_start_a_new_round_when_it_is_delivered_again(TimerSituation situation)
    {
        var bench = Own(new TimerBench(new TimerOptions { RetrySchedule = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)] }));
        await bench.BringToAsync(situation);
        var (firedAt, deliveredAt) = (bench.Timer!.FiredAt, bench.Timer.DeliveredAt);

        Assert.Equal(new TimerChanged(bench.Id, "Running"), await bench.AskAsync(new RedeliverTimer(bench.Id)));

        Assert.Equal((3, 2), (bench.Timer.Attempts, bench.Timer.AttemptsBefore));
        Assert.Equal((3, firedAt), (bench.Deliveries[^1].Attempt, bench.Deliveries[^1].FiredAt));
        foreach (var (attempt, seconds) in new[] { (3, 1), (4, 2) })
        {
            await bench.SendAsync(bench.Failure(attempt));
            AssertPauses(bench, TimeSpan.FromSeconds(seconds));
            await bench.FireLastAsync();
        }

        await bench.SendAsync(bench.Failure(5));
        Assert.Equal(("Failed", 5, deliveredAt), (bench.Timer.CurrentState, bench.Timer.Attempts, bench.Timer.DeliveredAt));

        await bench.AskAsync(new RedeliverTimer(bench.Id));
        await bench.SendAsync(bench.Success(6));
        Assert.Equal(("Finished", deliveredAt ?? bench.Clock.GetUtcNow()), (bench.Timer.CurrentState, bench.Timer.DeliveredAt));
    }

    private static void AssertPauses(TimerBench bench, TimeSpan pause)
    {
        var (send, nextAt) = (bench.Scheduler.Sends[^1], bench.Clock.GetUtcNow() + pause);
        Assert.Equal((new RetryDue(bench.Id), nextAt), (send.Message, send.DueAt));
        Assert.Equal(("Running", nextAt, send.Token), (bench.Timer!.CurrentState, bench.Timer.NextAttemptAt, bench.Timer.RetryToken));
    }
}
