using BusIngest.Bus.Redis;

namespace BusIngest.Specs.Redis;

public sealed class SentinelAnswerSpecs : IDisposable
{
    private const string Master = "10.0.0.1:6379";

    private readonly Sentinels _sentinels = new(
        new RedisOptions { UseSentinel = true, SentinelHosts = ["a:1", "b:1", "c:1"] }, _ => { }, new FakeClock());

    public void Dispose() => _sentinels.Dispose();

    [Fact]
    public void Should_name_the_replicas_that_could_be_promoted_and_no_others()
    {
        var answer = Answer(
            replicas:
            [
                Replica("10.0.0.2"),
                Replica("10.0.0.3", flags: "s_down,slave,disconnected"),
                Replica("10.0.0.4", runId: ""),
                Replica("10.0.0.5", priority: 0),
                Replica("10.0.0.6", link: "err"),
            ]);

        Assert.Equal(["10.0.0.2:6379", "10.0.0.6:6379"], Sentinels.Promotable(Master, [answer]), StringComparer.Ordinal);
        Assert.Empty(Sentinels.Promotable("10.0.0.9:6379", [answer]));
    }

    [Fact]
    public void Should_fear_a_replica_that_does_not_follow_where_it_goes_before_others()
    {
        Assert.Empty(Sentinels.Overtaking(Master, [Answer(replicas: [Replica("10.0.0.2"), Replica("10.0.0.3", link: "err")])]));
        Assert.Empty(Sentinels.Overtaking(Master, [Answer(replicas: [Replica("10.0.0.2"), Replica("10.0.0.3", link: "err", priority: 200)])]));
        Assert.Equal(
            ["10.0.0.3:6379"],
            Sentinels.Overtaking(Master, [Answer(replicas: [Replica("10.0.0.2", priority: 200), Replica("10.0.0.3", link: "err")])]),
            StringComparer.Ordinal);
    }

    [Fact]
    public void Should_tell_of_priorities_that_differ_among_those_that_could_be_promoted()
    {
        Assert.Empty(Sentinels.UnequalPriorities(Master, [Answer(replicas: [Replica("10.0.0.2"), Replica("10.0.0.3"), Replica("10.0.0.4", priority: 0)])]));
        Assert.Equal([100, 200], Sentinels.UnequalPriorities(Master, [Answer(replicas: [Replica("10.0.0.2", priority: 200), Replica("10.0.0.3")])]));
    }

    [Fact]
    public void Should_vouch_for_a_master_by_the_word_of_most()
    {
        Assert.True(_sentinels.VouchFor(Master, [Answer(), Answer()]));
        Assert.False(_sentinels.VouchFor(Master, [Answer()]));
        Assert.False(_sentinels.VouchFor(Master, [Answer(), Answer("master,s_down")]));
        Assert.False(_sentinels.VouchFor(Master, [Answer(), Answer("master,failover_in_progress")]));
        Assert.False(_sentinels.VouchFor("10.0.0.2:6379", [Answer(), Answer(), Answer()]));
    }

    private static SentinelAnswer Answer(string flags = "master", params Dictionary<string, string>[] replicas) => SentinelAnswer.Read(
        new Dictionary<string, string>(StringComparer.Ordinal) { ["ip"] = "10.0.0.1", ["port"] = "6379", ["flags"] = flags, ["config-epoch"] = "3" }, replicas)!;

    private static Dictionary<string, string> Replica(string host, string flags = "slave", string runId = "f00", int priority = 100, string link = "ok") => new(StringComparer.Ordinal)
    {
        ["ip"] = host,
        ["port"] = "6379",
        ["flags"] = flags,
        ["runid"] = runId,
        ["slave-priority"] = $"{priority}",
        ["master-link-status"] = link,
    };
}
