using BusIngest.Bus.Redis;

namespace BusIngest.Specs.Redis;

public sealed class KnownReplicasSpecs
{
    private readonly FakeClock _clock = new();
    private readonly KnownReplicas _replicas = new();

    [Fact]
    public void Should_need_one_though_there_is_none()
    {
        Assert.Equal(1, _replicas.Needed);
        _replicas.Note(0, _clock);
        Assert.Equal(1, _replicas.Needed);
    }

    [Fact]
    public void Should_need_all_as_soon_as_they_are_there()
    {
        _replicas.Note(1, _clock);
        _replicas.Note(2, _clock);
        Assert.Equal(2, _replicas.Needed);
    }

    [Fact]
    public void Should_need_one_that_is_gone_until_it_is_gone_for_long()
    {
        _replicas.Note(2, _clock);
        _clock.Advance(TimeSpan.FromSeconds(9.9));
        _replicas.Note(1, _clock);
        Assert.Equal(2, _replicas.Needed);

        _clock.Advance(TimeSpan.FromSeconds(0.1));
        _replicas.Note(1, _clock);
        Assert.Equal(1, _replicas.Needed);
    }

    [Fact]
    public void Should_reckon_from_when_it_was_last_there()
    {
        _replicas.Note(2, _clock);
        _clock.Advance(TimeSpan.FromSeconds(9));
        _replicas.Note(2, _clock);
        _clock.Advance(TimeSpan.FromSeconds(9));
        _replicas.Note(1, _clock);
        Assert.Equal(2, _replicas.Needed);
    }
}
