using BusIngest.Api.Timers;

namespace BusIngest.Specs.Timers.Api;

/// <summary>Timers as a listing shows them.</summary>
internal static class SomeTimers
{
    /// <summary>A timer of ten minutes.</summary>
    public static TimerView Scheduled { get; } = new(
        Guid.Parse("019c12a0-0000-7000-8000-000000000001"), 600, TimerStatus.Scheduled, "https://example.com/hook",
        FakeClock.Start, FakeClock.Start.AddSeconds(600), FiredAt: null, DeliveredAt: null, Attempts: 0, NextAttemptAt: null, LastError: null);

    /// <summary>One that was delivered at its second try.</summary>
    public static TimerView Finished { get; } = Scheduled with
    {
        TimerId = Guid.Parse("019c12a0-0000-7000-8000-000000000002"),
        TimeLeft = 0,
        TimerStatus = TimerStatus.Finished,
        FiredAt = FakeClock.Start.AddSeconds(600.012),
        DeliveredAt = FakeClock.Start.AddSeconds(605.5),
        Attempts = 2,
    };

    /// <summary>One whose webhook was given up.</summary>
    public static TimerView Failed { get; } = Finished with
    {
        TimerId = Guid.Parse("019c12a0-0000-7000-8000-000000000003"),
        TimerStatus = TimerStatus.Failed,
        DeliveredAt = null,
        Attempts = 6,
        LastError = "[red]410[/]\u001b[2J\ngone",
    };
}
