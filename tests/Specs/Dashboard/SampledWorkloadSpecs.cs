using BusIngest.Api.Dashboard.Sampling;

namespace BusIngest.Specs.Dashboard;

public sealed class SampledWorkloadSpecs
{
    private static readonly DateTimeOffset Begin = DateTimeOffset.UnixEpoch;

    [Fact]
    public void Should_tell_what_was_done_a_second()
    {
        var workload = Sampled(100).Next(Figures(150), Begin.AddSeconds(5));

        Assert.Equal(10, workload.Rate);
    }

    [Fact]
    public void Should_count_from_the_beginning_where_a_new_one_was_made()
    {
        var workload = Sampled(1_000).Next(Figures(20), Begin.AddSeconds(5));

        Assert.Equal(4, workload.Rate);
    }

    [Fact]
    public void Should_keep_15_minutes()
    {
        var workload = Sampled(0);
        for (var sample = 1; sample <= 500; sample++)
            workload = workload.Next(Figures(sample * sample), Begin.AddSeconds(5 * sample));

        Assert.Equal(SampledWorkload.Slots, workload.Rates.Count);
        Assert.Equal(((500 * 500) - (499 * 499)) / 5.0, workload.Rates[^1]);
        Assert.Equal(((321 * 321) - (320 * 320)) / 5.0, workload.Rates[0]);
    }

    [Fact]
    public void Should_stand_for_all_the_time_between_two_samples()
    {
        var workload = Sampled(0).Next(Figures(60), Begin.AddSeconds(30)).Next(Figures(60), Begin.AddSeconds(35));

        Assert.Equal([2, 2, 2, 2, 2, 2, 0], workload.Rates);
    }

    private static SampledWorkload Sampled(long done) => new(new SyncProbe(), Figures(done), Begin, []);

    private static WorkloadFigures Figures(long done) => new(done, 0, null, 0);
}
