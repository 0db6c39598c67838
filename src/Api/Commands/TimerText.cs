using BusIngest.Api.Timers;

namespace BusIngest.Api.Commands;

/// <summary>What the cells of the timers' table say.</summary>
internal static class TimerText
{
    private const int LongestShown = 120;
    private const string Nothing = "-";

    /// <summary>The time until a timer is due; a dash where nothing will happen.</summary>
    /// <param name="timer">The timer, as it was answered.</param>
    /// <param name="age">How long ago that was.</param>
    public static string Left(TimerView timer, TimeSpan age)
    {
        if (!string.Equals(timer.TimerStatus, TimerStatus.Scheduled, StringComparison.Ordinal))
            return Nothing;

        var left = TimeSpan.FromSeconds(Math.Max(0, timer.TimeLeft - (long)age.TotalSeconds));
        return left.Days > 0 ? $@"{left.Days} d {left:hh\:mm\:ss}" : $@"{left:hh\:mm\:ss}";
    }

    /// <summary>A lateness in a unit that suits it.</summary>
    public static string Late(TimeSpan? late) => late switch
    {
        null => Nothing,
        { TotalSeconds: < 1 } brief => $"{brief.TotalMilliseconds:0} ms",
        { TotalMinutes: < 1 } medium => $"{medium.TotalSeconds:0.0} s",
        { TotalHours: < 1 } lasting => $"{lasting.TotalMinutes:0.0} min",
        { } longer => $"{longer.TotalHours:0.0} h",
    };

    /// <summary>A text on one line, shortened, without what a terminal would take for commands.</summary>
    public static string Printable(string text)
    {
        var line = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
        return line.Length <= LongestShown ? line : string.Concat(line.AsSpan(0, LongestShown), "…");
    }
}
