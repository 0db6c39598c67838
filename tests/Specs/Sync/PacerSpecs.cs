using System.Globalization;
using BusIngest.Workers.Sync.Pacing;

namespace BusIngest.Specs.Sync;

/// <summary>The pace against a made-up window, in made-up time.</summary>
public sealed class PacerSpecs
{
    private const int Limit = 10;
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(3);

    public static TheoryData<double, bool, string> Windows()
    {
        var data = new TheoryData<double, bool, string>();
        foreach (var seconds in (double[])[60, 5, 3])
        {
            foreach (var form in (string[])["epochUp", "epochDown", "epochMs", "secondsUp"])
            {
                data.Add(seconds, true, form);
                data.Add(seconds, false, form);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Windows))]
    public void Should_use_what_is_permitted_and_be_refused_nothing_after_the_first_window(double seconds, bool clock, string form)
    {
        var window = TimeSpan.FromSeconds(seconds);
        var begin = DateTimeOffset.UnixEpoch.AddSeconds(1_800_000_000.437);
        var end = begin + (window * 20);
        var api = new WindowedApi(window, clock, form);
        var pacer = new Pacer(new PaceState());

        for (var now = begin; (now = pacer.NextAt(now, useBy: null)) < end; now += Latency)
        {
            var arrived = now + (Latency / 3);
            var permitted = api.TryTake(arrived);
            pacer.Note(api.Headers(arrived, permitted), !permitted, now, now + Latency);
        }

        Assert.Equal(0, api.RefusedLater);
        Assert.InRange(api.RefusedFirst, 0, 1);
        var share = api.Permitted / (Limit * ((end - begin) / window));
        Assert.True(share >= (seconds >= 60 ? 0.98 : 0.9), $"{share:P1} of what was permitted");
    }

    [Theory]
    [InlineData("epochUp")]
    [InlineData("epochDown")]
    public void Should_be_refused_nothing_later_though_the_first_window_was_not_used_up(string form)
    {
        var window = TimeSpan.FromSeconds(3);
        var begin = DateTimeOffset.UnixEpoch.AddSeconds(1_800_000_000.437);
        var api = new WindowedApi(window, clock: false, form);
        var pacer = new Pacer(new PaceState());

        for (var now = begin; (now = pacer.NextAt(now, useBy: null)) < begin + (window * 20); now += Latency)
        {
            // Slow at first, as a program is that has just been started.
            if (now < begin + window)
                now += TimeSpan.FromMilliseconds(700);
            var permitted = api.TryTake(now);
            pacer.Note(api.Headers(now, permitted), !permitted, now, now + Latency);
        }

        Assert.Equal(0, api.RefusedLater);
    }

    [Theory]
    [InlineData("epochUp", true)]
    [InlineData("epochUp", false)]
    [InlineData("epochDown", true)]
    [InlineData("epochDown", false)]
    [InlineData("secondsUp", false)]
    public void Should_be_refused_nothing_later_by_windows_of_a_minute_though_the_machine_is_late(string form, bool clock)
    {
        var window = TimeSpan.FromSeconds(60);
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var begin = DateTimeOffset.UnixEpoch.AddSeconds(1_800_000_000 + (random.NextDouble() * 120));
            var end = begin + (window * 6);
            var api = new WindowedApi(window, clock, form);
            var pacer = new Pacer(new PaceState());

            for (var now = begin; (now = pacer.NextAt(now, useBy: null)) < end; now += Latency)
            {
                now += TimeSpan.FromMilliseconds(random.NextDouble() * random.NextDouble() * 1_500);
                var permitted = api.TryTake(now);
                pacer.Note(api.Headers(now, permitted), !permitted, now, now + Latency);
            }

            Assert.True(api.RefusedLater == 0, $"{api.RefusedLater} refused in round {round}");
            Assert.InRange(api.RefusedFirst, 0, 1);
        }
    }

    [Fact]
    public void Should_learn_the_pace_where_only_refusals_tell_it()
    {
        var window = TimeSpan.FromSeconds(60);
        var begin = DateTimeOffset.UnixEpoch.AddSeconds(1_800_000_000.437);
        var api = new WindowedApi(window, clock: false, "none");
        var pacer = new Pacer(new PaceState());

        for (var now = begin; (now = pacer.NextAt(now, useBy: null)) < begin + (window * 20); now += Latency)
        {
            var permitted = api.TryTake(now);
            pacer.Note(api.Headers(now, permitted), !permitted, now, now + Latency);
        }

        Assert.InRange(api.RefusedLater, 0, 6);
        Assert.True(api.Permitted >= 170, $"{api.Permitted} of 200");
    }

    [Fact]
    public void Should_not_wait_longer_than_the_cursor_lives_while_requests_are_left()
    {
        var now = DateTimeOffset.UnixEpoch.AddSeconds(1_800_000_000);
        var pacer = new Pacer(new PaceState());
        pacer.Note(new RateHeaders(10, 5, WindowEnd.Parse("60"), null), isRefusal: false, now, now);

        Assert.Equal(now + ((TimeSpan.FromSeconds(60) + TimeSpan.FromMilliseconds(20)) / 6), pacer.NextAt(now, now.AddSeconds(116)));
        Assert.Equal(now, pacer.NextAt(now, now.AddSeconds(2)));
    }

    [Theory]
    [InlineData("1800000000", 1_800_000_000_000, true)]
    [InlineData("1800000000123", 1_800_000_000_123, false)]
    [InlineData("1800000000.5", 1_800_000_000_500, false)]
    public void Should_read_moments(string text, long ms, bool isRounded)
    {
        var end = WindowEnd.Parse(text)!;

        Assert.Equal((DateTimeOffset.FromUnixTimeMilliseconds(ms), isRounded), (end.At, end.IsRounded));
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("-1")]
    [InlineData(null)]
    public void Should_not_read_what_is_no_end_of_a_window(string? text) => Assert.Null(WindowEnd.Parse(text));

    /// <summary>An API that permits so many requests a window.</summary>
    private sealed class WindowedApi(TimeSpan window, bool clock, string form)
    {
        private DateTimeOffset _endsAt;
        private int _used;
        private int _windows;

        public int Permitted { get; private set; }

        public int RefusedFirst { get; private set; }

        public int RefusedLater { get; private set; }

        public bool TryTake(DateTimeOffset now)
        {
            if (now >= _endsAt)
            {
                _endsAt = clock ? new DateTimeOffset((now.UtcTicks / window.Ticks * window.Ticks) + window.Ticks, TimeSpan.Zero) : now + window;
                _used = 0;
                _windows++;
            }

            if (_used < Limit)
            {
                _used++;
                Permitted++;
                return true;
            }

            if (_windows == 1)
                RefusedFirst++;
            else
                RefusedLater++;
            return false;
        }

        public RateHeaders Headers(DateTimeOffset now, bool permitted)
        {
            var retryAfter = permitted ? (TimeSpan?)null : TimeSpan.FromSeconds(Math.Ceiling((_endsAt - now).TotalSeconds));
            var epoch = (_endsAt - DateTimeOffset.UnixEpoch).TotalSeconds;
            var reset = form switch
            {
                "epochUp" => Math.Ceiling(epoch),
                "epochDown" => Math.Floor(epoch),
                "epochMs" => Math.Ceiling(epoch * 1_000),
                "secondsUp" => Math.Ceiling((_endsAt - now).TotalSeconds),
                _ => double.NaN,
            };
            return double.IsNaN(reset)
                ? new RateHeaders(null, null, null, retryAfter)
                : new RateHeaders(Limit, Limit - _used, WindowEnd.Parse(reset.ToString("0", CultureInfo.InvariantCulture)), retryAfter);
        }
    }
}
