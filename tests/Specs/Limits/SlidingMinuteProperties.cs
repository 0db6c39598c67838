using BusIngest.Api.Limits;
using BusIngest.Support;

namespace BusIngest.Specs.Limits;

/// <summary>The sliding minute against a log of everything that was taken.</summary>
public sealed class SlidingMinuteProperties
{
    private const long SpanMs = 60_000;
    private const int Steps = 20_000;

    [Fact]
    public void Should_never_grant_more_than_the_quota_in_any_minute_and_refuse_only_what_is_due()
    {
        TestContext.Current.SendDiagnosticMessage(Seed.Hint);
        var random = Seed.RandomFor(nameof(Should_never_grant_more_than_the_quota_in_any_minute_and_refuse_only_what_is_due));
        for (var round = 0; round < 5; round++)
        {
            var (window, quota, log, now) = (new SlidingMinute(), random.Next(1, 300), new List<(long At, long Units)>(), 1_000_000L);
            for (var step = 0; step < Steps; step++)
            {
                now += random.Next(10) == 0 ? random.Next(0, 20_000) : random.Next(0, 300);
                var units = random.Next(1, 10);
                if (window.WaitMs(At(now), units, quota) == 0)
                {
                    window.Add(At(now), units);
                    log.Add((now, units));
                    Assert.InRange(Sum(log, now - SpanMs), 0, quota);
                }
                else
                {
                    // Nothing is kept for a second longer than it counts.
                    Assert.InRange(Sum(log, now - SpanMs - 999) + units, quota + 1, long.MaxValue);
                }

                if (log.Count > 2_000)
                    log.RemoveRange(0, 1_000);
            }
        }
    }

    [Fact]
    public void Should_grant_after_the_time_it_names_and_not_a_millisecond_before()
    {
        TestContext.Current.SendDiagnosticMessage(Seed.Hint);
        var random = Seed.RandomFor(nameof(Should_grant_after_the_time_it_names_and_not_a_millisecond_before));
        for (var round = 0; round < 2_000; round++)
        {
            var (window, quota, now) = (new SlidingMinute(), random.Next(1, 50), 5_000_000L);
            for (var i = 0; i < 100; i++)
            {
                now += random.Next(0, 2_000);
                if (window.WaitMs(At(now), 1, quota) == 0)
                    window.Add(At(now), 1);
            }

            var units = random.Next(1, quota + 1);
            if (window.WaitMs(At(now), units, quota) is not (> 0 and var wait))
                continue;
            Assert.InRange(wait, 1, SpanMs);
            Assert.Equal(1, window.WaitMs(At(now + wait - 1), units, quota));
            Assert.Equal(0, window.WaitMs(At(now + wait), units, quota));
        }
    }

    [Fact]
    public void Should_name_a_whole_minute_for_what_never_fits()
    {
        var window = new SlidingMinute();

        Assert.Equal(SpanMs, window.WaitMs(At(0), 11, 10));

        window.Add(At(10_000), 1);
        Assert.Equal(SpanMs - 5_000, window.WaitMs(At(15_000), 11, 10));
    }

    [Fact]
    public void Should_say_when_something_comes_back()
    {
        var window = new SlidingMinute();
        Assert.Equal(0, window.ResetMs(At(1_000)));

        window.Add(At(1_000), 2);
        window.Add(At(31_000), 3);

        Assert.Equal((5, 20_000), (window.Used(At(41_000)), window.ResetMs(At(41_000))));
        Assert.Equal((3, 30_000), (window.Used(At(61_000)), window.ResetMs(At(61_000))));
        Assert.Equal((0, 0), (window.Used(At(91_000)), window.ResetMs(At(91_000))));
    }

    private static LimitTime At(long ms) => new(ms, ms);

    private static long Sum(List<(long At, long Units)> log, long after) => log.Where(entry => entry.At > after).Sum(entry => entry.Units);
}
