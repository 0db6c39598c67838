using BusIngest.Api.Limits;

namespace BusIngest.Specs.Limits;

public sealed class LocalLimitsSpecs
{
    private static readonly LimitPolicy Minute = new("account-minute", 100, LimitSpan.Minute, "events");
    private static readonly LimitPolicy Day = new("account-day", 250, LimitSpan.Day, "events");

    private readonly FakeClock _clock = new();
    private readonly LocalLimits _limits;

    public LocalLimitsSpecs() => _limits = new LocalLimits(_clock);

    [Fact]
    public void Should_charge_nobody_when_one_of_a_batch_has_too_little_left()
    {
        Assert.True(Take((Minute, "full", 100)).IsAllowed);

        var refused = Take((Minute, "other", 30), (Minute, "full", 1), (Minute, "third", 1));

        Assert.False(refused.IsAllowed);
        Assert.Equal([100, 0, 100], refused.States.Select(state => state.Remaining));
        Assert.Equal(70, Assert.Single(Take((Minute, "other", 30)).States).Remaining);
    }

    [Fact]
    public void Should_grant_after_as_many_seconds_as_it_names_and_not_one_before()
    {
        Take((Minute, "a", 60));
        _clock.Advance(TimeSpan.FromMilliseconds(10_300));
        Take((Minute, "a", 40));
        _clock.Advance(TimeSpan.FromMilliseconds(20_100));

        var wait = Take((Minute, "a", 1)).WaitSeconds;

        Assert.Equal(30, wait);
        _clock.Advance(TimeSpan.FromSeconds(wait - 1));
        Assert.False(Take((Minute, "a", 1)).IsAllowed);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(Take((Minute, "a", 60)).IsAllowed);
        Assert.False(Take((Minute, "a", 1)).IsAllowed);
    }

    [Fact]
    public void Should_not_count_what_it_refuses()
    {
        Take((Minute, "a", 100));
        for (var i = 0; i < 59; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            Assert.False(Take((Minute, "a", 1)).IsAllowed);
        }

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(Take((Minute, "a", 100)).IsAllowed);
    }

    [Fact]
    public void Should_begin_the_day_at_midnight_in_utc()
    {
        Take((Day, "a", 250));
        Assert.Equal(12 * 3_600, Take((Day, "a", 1)).WaitSeconds);

        _clock.Advance(TimeSpan.FromHours(12) - TimeSpan.FromMilliseconds(400));
        Assert.Equal(1, Take((Day, "a", 1)).WaitSeconds);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True(Take((Day, "a", 250)).IsAllowed);
    }

    [Fact]
    public void Should_wait_for_the_last_of_several_limits()
    {
        Take((Minute, "a", 100), (Day, "a", 200));

        Assert.Equal(60, Take((Minute, "a", 10), (Day, "a", 10)).WaitSeconds);
        Assert.Equal(12 * 3_600, Take((Minute, "a", 60), (Day, "a", 60)).WaitSeconds);
    }

    [Fact]
    public void Should_forget_what_does_not_count_any_more()
    {
        for (var i = 0; i < 1_000; i++)
            Take((Minute, $"account {i}", 1));
        Assert.Equal(1_000, _limits.Partitions);

        _clock.Advance(TimeSpan.FromMinutes(2));
        Take((Minute, "a", 1));

        Assert.Equal(1, _limits.Partitions);
    }

    [Fact]
    public void Should_hold_so_many_and_no_more()
    {
        for (var i = 0; i < 450_000; i++)
            Take((Minute, $"account {i}", 1));

        Assert.InRange(_limits.Partitions, 100_000, 200_000);
    }

    [Fact]
    public async Task Should_grant_exactly_the_quota_to_many_at_once()
    {
        var granted = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () => Enumerable.Range(0, 50).Count(_ => Take((Minute, "a", 1), (Day, "a", 1)).IsAllowed), TestContext.Current.CancellationToken)));

        Assert.Equal(100, granted.Sum());
    }

    private LimitOutcome Take(params (LimitPolicy Policy, string Partition, long Units)[] charges) =>
        _limits.Take([.. charges.Select(charge => new LimitCharge(charge.Policy, charge.Partition, charge.Units))]);
}
