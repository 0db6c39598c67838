using BusIngest.Contracts.Timers;

namespace BusIngest.Specs.Timers.Machine;

public sealed class TimerLifeSpecs : Spec
{
    private readonly TimerBench _bench;

    public TimerLifeSpecs() => _bench = Own(new TimerBench());

    [Fact]
    public async Task Should_wait_until_it_is_due()
    {
        await _bench.SendAsync(_bench.Creation);

        var due = Assert.Single(_bench.Scheduler.Sends);
        Assert.Equal((new TimerDue(_bench.Id), _bench.Creation.DueAt), (due.Message, due.DueAt));
        var timer = _bench.Timer!;
        Assert.Equal(("Scheduled", TimerBench.Url, due.Token), (timer.CurrentState, timer.WebhookUrl, timer.DueToken));
        Assert.Equal((_bench.Creation.CreatedAt, _bench.Creation.DueAt, null), (timer.CreatedAt, timer.DueAt, timer.FiredAt));
        Assert.Empty(_bench.Deliveries);
    }

    [Fact]
    public async Task Should_call_the_webhook_when_it_is_due()
    {
        await _bench.SendAsync(_bench.Creation);
        _bench.Clock.Advance(TimeSpan.FromMinutes(61));

        await _bench.FireLastAsync();

        var firedAt = FakeClock.Start.AddMinutes(61);
        Assert.Equal(new DeliverWebhook(_bench.Id, 1, TimerBench.Url, _bench.Creation.DueAt, firedAt), Assert.Single(_bench.Deliveries));
        Assert.Equal(("Running", firedAt, 1, null), (_bench.Timer!.CurrentState, _bench.Timer.FiredAt, _bench.Timer.Attempts, _bench.Timer.DueToken));
    }

    [Fact]
    public async Task Should_be_finished_when_the_webhook_answered()
    {
        await _bench.BringToAsync(TimerSituation.Calling);
        Assert.NotNull(_bench.Timer!.LastError);
        var delivered = new WebhookDelivered(_bench.Id, 2, FakeClock.Start.AddHours(2));

        await _bench.SendAsync(delivered);

        var timer = _bench.Timer!;
        Assert.Equal(("Finished", delivered.DeliveredAt, null, null), (timer.CurrentState, timer.DeliveredAt, timer.LastError, timer.NextAttemptAt));
    }

    [Fact]
    public async Task Should_fail_at_once_when_there_is_no_use_in_another_try()
    {
        await _bench.BringToAsync(TimerSituation.Calling);
        var sends = _bench.Scheduler.Sends.Count;

        await _bench.SendAsync(_bench.Surrender(2));

        Assert.Equal(("Failed", "410 at try 2", null), (_bench.Timer!.CurrentState, _bench.Timer.LastError, _bench.Timer.DeliveredAt));
        Assert.Equal(sends, _bench.Scheduler.Sends.Count);
    }

    [Fact]
    public async Task Should_be_kept_for_good()
    {
        foreach (var situation in new[] { TimerSituation.Finished, TimerSituation.Failed, TimerSituation.Cancelled })
        {
            var bench = Own(new TimerBench());
            await bench.BringToAsync(situation);
            Assert.Equal($"{situation}", bench.Timer?.CurrentState);
        }
    }

    [Fact]
    public async Task Should_cancel_what_was_put_off()
    {
        await _bench.SendAsync(_bench.Creation);

        Assert.Equal(new TimerChanged(_bench.Id, "Cancelled"), await _bench.AskAsync(new CancelTimer(_bench.Id)));

        Assert.Equal([_bench.Scheduler.Sends[0].Token], _bench.Scheduler.Cancelled);
        Assert.Null(_bench.Timer!.DueToken);
        await _bench.FireLastAsync();
        Assert.Empty(_bench.Deliveries);
    }

    [Theory]
    [InlineData(TimerSituation.Missing, null)]
    [InlineData(TimerSituation.Calling, "Running")]
    [InlineData(TimerSituation.Pausing, "Running")]
    [InlineData(TimerSituation.Finished, "Finished")]
    [InlineData(TimerSituation.Failed, "Failed")]
    [InlineData(TimerSituation.Cancelled, "Cancelled")]
    public async Task Should_refuse_to_cancel_and_say_why(TimerSituation situation, string? status)
    {
        await _bench.BringToAsync(situation);

        Assert.Equal(new TimerRefused(_bench.Id, status), await _bench.AskAsync(new CancelTimer(_bench.Id)));
        Assert.Equal(status, _bench.Timer?.CurrentState);
    }
}
