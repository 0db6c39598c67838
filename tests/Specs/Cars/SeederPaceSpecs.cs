using BusIngest.Workers.Cars.Seeding;

namespace BusIngest.Specs.Cars;

public sealed class SeederPaceSpecs
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(30);
    private static readonly DateTimeOffset Start = FakeClock.Start;

    private readonly SeederPace _pace = new(Interval, Start);

    [Fact]
    public void Should_begin_with_an_interval()
    {
        Assert.Equal(Interval, _pace.UntilNext(Start));
        Assert.Equal(0, _pace.TakeDue(After(29)));
        Assert.Equal(1, _pace.TakeDue(After(30)));
        Assert.Equal(TimeSpan.FromMilliseconds(20), _pace.UntilNext(After(40)));
    }

    [Fact]
    public void Should_make_up_for_what_a_late_tick_missed()
    {
        Assert.Equal(3, _pace.TakeDue(After(100)));
        Assert.Equal(0, _pace.TakeDue(After(119)));
        Assert.Equal(1, _pace.TakeDue(After(120)));
    }

    [Fact]
    public void Should_not_wait_when_a_car_is_due() => Assert.Equal(TimeSpan.Zero, _pace.UntilNext(After(45)));

    [Theory]
    [InlineData(3_600_000)]
    [InlineData(86_400_000)]
    public void Should_make_up_for_a_second_at_most(int heldUpMs)
    {
        Assert.Equal(34, _pace.TakeDue(After(heldUpMs)));
        Assert.Equal(0, _pace.TakeDue(After(heldUpMs)));
        Assert.Equal(1, _pace.TakeDue(After(heldUpMs + 30)));
    }

    [Fact]
    public void Should_give_one_car_after_a_long_hold_up_when_the_interval_is_longer_than_a_second()
    {
        var pace = new SeederPace(TimeSpan.FromSeconds(10), Start);

        Assert.Equal(1, pace.TakeDue(After(3_600_000)));
        Assert.Equal(TimeSpan.FromSeconds(9), pace.UntilNext(After(3_600_000)));
    }

    [Fact]
    public void Should_begin_anew_when_the_clock_is_set_back()
    {
        _pace.TakeDue(After(30));
        var back = Start.AddHours(-1);

        Assert.Equal(Interval, _pace.UntilNext(back));
        Assert.Equal(0, _pace.TakeDue(back.AddMilliseconds(29)));
        Assert.Equal(1, _pace.TakeDue(back.AddMilliseconds(30)));
    }

    [Fact]
    public void Should_not_flood_when_the_clock_is_set_forward()
    {
        _pace.TakeDue(After(30));
        var forward = Start.AddYears(1);

        Assert.Equal(34, _pace.TakeDue(forward));
        Assert.InRange(_pace.UntilNext(forward), TimeSpan.Zero, Interval);
    }

    private static DateTimeOffset After(int milliseconds) => Start.AddMilliseconds(milliseconds);
}
