using BusIngest.Api.Commands;
using BusIngest.Api.Timers;

namespace BusIngest.Specs.Timers.Api;

public sealed class TimersTableSpecs
{
    private static readonly TimerPage All = new([SomeTimers.Scheduled, SomeTimers.Finished, SomeTimers.Failed], Next: "x");

    [Fact]
    public void Should_show_a_timer_a_row()
    {
        Assert.Equal("019c12a0-0000-7000-8000-000000000001 Scheduled 00:10:00 0 - -", Row(All, SomeTimers.Scheduled));
        Assert.Equal("019c12a0-0000-7000-8000-000000000002 Finished - 2 12 ms 5.5 s", Row(All, SomeTimers.Finished));
    }

    [Fact]
    public void Should_show_an_error_as_it_is_on_one_line() =>
        Assert.Equal("019c12a0-0000-7000-8000-000000000003 Failed - 6 12 ms - [red]410[/] [2J gone", Row(All, SomeTimers.Failed));

    [Fact]
    public void Should_count_what_it_shows()
    {
        Assert.Equal("the newest 3 timers  1 Scheduled  1 Finished  1 Failed", Lines(All)[^1]);
        Assert.Equal("2 timers  2 Failed", Lines(new TimerPage([SomeTimers.Failed, SomeTimers.Failed], Next: null))[^1]);
        Assert.Equal("0 timers", Lines(new TimerPage([], Next: null))[^1]);
    }

    [Theory]
    [InlineData(600, 0, "00:10:00")]
    [InlineData(600, 1.9, "00:09:59")]
    [InlineData(600, 601, "00:00:00")]
    [InlineData(0, 0, "00:00:00")]
    [InlineData(90_061, 0, "1 d 01:01:01")]
    [InlineData(315_360_000, 0, "3650 d 00:00:00")]
    public void Should_count_down(int left, double age, string shown) =>
        Assert.Equal(shown, TimerText.Left(SomeTimers.Scheduled with { TimeLeft = left }, TimeSpan.FromSeconds(age)));

    [Theory]
    [InlineData(0, "0 ms")]
    [InlineData(999, "999 ms")]
    [InlineData(-3, "-3 ms")]
    [InlineData(1_500, "1.5 s")]
    [InlineData(90_000, "1.5 min")]
    [InlineData(5_400_000, "1.5 h")]
    public void Should_show_a_lateness_in_a_unit_that_suits_it(int milliseconds, string shown) =>
        Assert.Equal(shown, TimerText.Late(TimeSpan.FromMilliseconds(milliseconds)));

    [Fact]
    public void Should_cut_what_is_long() => Assert.Equal(121, TimerText.Printable(new string('x', 4_096)).Length);

    private static string Row(TimerPage page, TimerView timer) =>
        string.Join(' ', Lines(page).Single(line => line.Contains(timer.TimerId.ToString(), StringComparison.Ordinal))
            .Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static string[] Lines(TimerPage page)
    {
        using var text = new StringWriter();
        TimersWatch.PlainConsole(text).Write(TimersTable.Of(page, TimeSpan.Zero));
        return text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
