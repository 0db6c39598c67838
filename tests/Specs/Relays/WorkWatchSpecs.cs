using BusIngest.Bus.Progress;

namespace BusIngest.Specs.Relays;

public sealed class WorkWatchSpecs
{
    private readonly FakeClock _clock = new();

    [Fact]
    public void Should_name_who_has_work_and_moves_nothing_for_half_a_minute()
    {
        var watch = new WorkWatch(_clock, []);
        var (idle, busy, stuck) = (watch.Add("idle"), watch.Add("busy"), watch.Add("stuck"));
        busy.Take();
        stuck.Take();
        stuck.Take();
        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Empty(watch.Troubles);

        busy.Move();
        busy.Take();
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(["stuck has work and has moved nothing for 30 s."], watch.Troubles);
        Assert.Equal(TimeSpan.Zero, idle.Standstill);
        stuck.PutBack();
        Assert.NotEmpty(watch.Troubles);
        stuck.Move();
        Assert.Empty(watch.Troubles);
    }

    /// <summary>A server that refuses at once leaves nothing in hand for longer than a moment.</summary>
    [Fact]
    public void Should_count_what_is_put_back_and_comes_again_as_work_that_does_not_move()
    {
        var watch = new WorkWatch(_clock, []);
        var refused = watch.Add("refused");
        for (var tried = 0; tried < 15; tried++)
        {
            Assert.Empty(watch.Troubles);
            refused.Take();
            refused.PutBack();
            _clock.Advance(TimeSpan.FromSeconds(2));
        }

        Assert.Equal(["refused has work and has moved nothing for 30 s."], watch.Troubles);
        refused.Take();
        refused.Move();
        Assert.Empty(watch.Troubles);
    }

    [Fact]
    public void Should_forget_what_was_put_back_and_did_not_come_again()
    {
        var watch = new WorkWatch(_clock, []);
        var relay = watch.Add("relay");
        relay.Take();
        relay.PutBack();

        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Empty(watch.Troubles);
        relay.Take();
        Assert.Empty(watch.Troubles);
    }
}
