namespace BusIngest.Support.Timers;

/// <summary>How hard a load of timers is.</summary>
public sealed record TimerLoadOptions
{
    /// <summary>Concurrent connections, at least 1.</summary>
    public int Connections { get; init; } = 6;

    /// <summary>The longest pause of a connection between two requests; half of it on average.</summary>
    public TimeSpan MaxPause { get; init; } = TimeSpan.FromMilliseconds(80);

    /// <summary>Most timers are due within 3 s; one in eight within 4 s to this, at least 4.</summary>
    public int MaxSeconds { get; init; } = 12;

    /// <summary>The longest that the sink thinks before it answers.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMilliseconds(700);
}
