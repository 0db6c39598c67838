namespace BusIngest.Bus.Scheduling;

/// <summary>How messages for later are brought into memory.</summary>
public sealed record ScheduleOptions
{
    /// <summary>How far ahead messages are loaded, 1 s–1 h. Default 10 s.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often, 100 ms–1 min and less than the window. Default 1 s.</summary>
    public TimeSpan LoadEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The most messages in memory, 100–1,000,000. Default 20,000.</summary>
    public int MaxLoaded { get; init; } = 20_000;

    /// <summary>How many fire at once, 1–1,000. Default 128.</summary>
    public int Concurrency { get; init; } = 128;
}
