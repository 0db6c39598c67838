using BusIngest.Bus.Redis;

namespace BusIngest.Specs.Redis;

public sealed class KnownReplicasSpecs
{
    private readonly FakeClock _clock = new();
    private readonly KnownReplicas _replicas;

    public KnownReplicasSpecs() => _replicas = new KnownReplicas(_clock);

    [Fact]
    public void Should_need_one_though_there_is_none()
    {
        Assert.Equal(1, _replicas.Needed);
        _replicas.Note([]);
        Assert.Equal(1, _replicas.Needed);
    }

    [Fact]
    public void Should_need_all_as_soon_as_they_are_there()
    {
        _replicas.Note(["a:1"]);
        _replicas.Note(["a:1", "b:1"]);
        Assert.Equal(2, _replicas.Needed);
    }

    [Fact]
    public void Should_need_one_that_is_gone_until_it_is_gone_for_long()
    {
        _replicas.Note(["a:1", "b:1"]);
        _clock.Advance(TimeSpan.FromSeconds(9.9));
        _replicas.Note(["a:1"]);
        _replicas.Forget();
        Assert.Equal(2, _replicas.Needed);

        _clock.Advance(TimeSpan.FromSeconds(0.1));
        _replicas.Forget();
        Assert.Equal(1, _replicas.Needed);
    }

    [Fact]
    public void Should_need_one_that_is_gone_beside_one_that_has_come_in_its_stead()
    {
        _replicas.Note(["a:1", "b:1"]);
        _replicas.Note(["a:1", "c:1"]);
        Assert.Equal(3, _replicas.Needed);
    }

    [Fact]
    public void Should_need_one_that_is_gone_for_as_long_as_nobody_says_that_it_may_be_forgotten()
    {
        _replicas.Note(["a:1", "b:1"]);
        _clock.Advance(TimeSpan.FromHours(1));
        _replicas.Note(["a:1"]);
        Assert.Equal(2, _replicas.Needed);
    }
}
