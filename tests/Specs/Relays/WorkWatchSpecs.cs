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
}
