using System.Globalization;
using BusIngest.Workers.Net;
using BusIngest.Workers.Sync.Pacing;

namespace BusIngest.Specs.Sync;

/// <summary>The pace against a made-up window, in made-up time.</summary>
public sealed class PacerSpecs
{
    private const int Limit = 10;
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);
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
        var pacer = new Pacer(new PaceState(), Longest);

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
        var pacer = new Pacer(new PaceState(), Longest);

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
            var pacer = new Pacer(new PaceState(), Longest);

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
        var pacer = new Pacer(new PaceState(), Longest);

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
        var pacer = new Pacer(new PaceState(), Longest);
        pacer.Note(new RateHeaders(10, 5, WaitHint.Parse("60"), null), isRefusal: false, now, now);

        Assert.Equal(now + ((TimeSpan.FromSeconds(60) + TimeSpan.FromMilliseconds(20)) / 6), pacer.NextAt(now, now.AddSeconds(116)));
        Assert.Equal(now, pacer.NextAt(now, now.AddSeconds(2)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0.0)]
    [InlineData(3.0)]
    [InlineData(1e9)]
    public void Should_wait_longer_each_time_and_never_longer_than_may_be(double? retryAfter)
    {
        var longest = TimeSpan.FromMinutes(10);
        var pacer = new Pacer(new PaceState(), longest);
        var now = DateTimeOffset.UnixEpoch.AddSeconds(1_800_000_000);
        var last = TimeSpan.Zero;
        for (var i = 0; i < 12; i++)
        {
            pacer.Note(new RateHeaders(null, null, null, retryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : null), isRefusal: true, now, now);
            var wait = pacer.NextAt(now, useBy: null) - now;

            Assert.True(wait > last || wait == longest, $"{wait} after {last}");
            Assert.True(wait <= longest, wait.ToString());
            (last, now) = (wait, now + wait);
        }

        Assert.Equal(longest, last);
        pacer.Note(new RateHeaders(null, null, null, null), isRefusal: false, now, now);
        Assert.Equal(0, pacer.State.Refusals);
    }

    [Fact]
    public void Should_send_at_once_what_is_left_where_that_is_more_than_there_are_pages()
    {
        var now = DateTimeOffset.UnixEpoch.AddSeconds(1_800_000_000);
        var pacer = new Pacer(new PaceState(), Longest);
        pacer.Note(new RateHeaders(1_000, 990, WaitHint.Parse("3600"), null), isRefusal: false, now, now);

        Assert.Equal(now, pacer.NextAt(now, useBy: null, pagesToGo: 990));
        Assert.True(pacer.NextAt(now, useBy: null, pagesToGo: 991) > now);
        // Of a long window most may be used at once where nobody knows how many pages there are.
        Assert.Equal(now, pacer.NextAt(now, useBy: null, pagesToGo: null));
        pacer.Note(new RateHeaders(1_000, 100, WaitHint.Parse("3600"), null), isRefusal: false, now, now);
        Assert.True(pacer.NextAt(now, useBy: null, pagesToGo: null) > now.AddSeconds(30));
    }

    [Fact]
    public void Should_ask_when_a_bucket_holds_one_more_and_not_when_it_is_full()
    {
        var now = DateTimeOffset.UnixEpoch.AddSeconds(1_800_000_000);
        var pacer = new Pacer(new PaceState(), Longest);

        pacer.Note(new RateHeaders(60, 0, WaitHint.Parse("60"), TimeSpan.FromSeconds(1)), isRefusal: true, now, now);
        var next = pacer.NextAt(now, useBy: null);
        Assert.InRange((next - now).TotalSeconds, 1, 1.1);
        pacer.Note(new RateHeaders(60, 0, WaitHint.Parse("60"), null), isRefusal: false, next, next);
        Assert.InRange((pacer.NextAt(next, useBy: null) - next).TotalSeconds, 1, 1.1);
    }

    [Fact]
    public void Should_forget_what_it_knew_when_the_clock_was_set_back()
    {
        var now = DateTimeOffset.UnixEpoch.AddSeconds(1_800_000_000);
        var pacer = new Pacer(new PaceState(), Longest);
        pacer.Note(new RateHeaders(null, null, null, TimeSpan.FromHours(1)), isRefusal: true, now, now);

        Assert.Equal(now.AddYears(-1), pacer.NextAt(now.AddYears(-1), useBy: null));
    }

    [Theory]
    [InlineData("1800000000", 1_800_000_000_000, true)]
    [InlineData("1800000000123", 1_800_000_000_123, false)]
    [InlineData("1800000000.5", 1_800_000_000_500, false)]
    public void Should_read_moments(string text, long ms, bool isRounded)
    {
        var end = WaitHint.Parse(text)!.Value;

        Assert.Equal((DateTimeOffset.FromUnixTimeMilliseconds(ms), isRounded), (end.At, end.IsWhole));
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("-1")]
    [InlineData(null)]
    public void Should_not_read_what_is_no_end_of_a_window(string? text) => Assert.Null(WaitHint.Parse(text));

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
                : new RateHeaders(Limit, Limit - _used, WaitHint.Parse(reset.ToString("0", CultureInfo.InvariantCulture)), retryAfter);
        }
    }
}
