namespace BusIngest.Sagas.Sync;

/// <summary>How patient runs are.</summary>
public sealed record SyncRunOptions
{
    /// <summary>The pause after the first failed stretch; it doubles with each further one. 100 ms to 1 min. Default 1 s.</summary>
    public TimeSpan ShortestBackoff { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest such pause, 1 s to 1 h. Default 1 min.</summary>
    public TimeSpan LongestBackoff { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// After how long without a word a stretch counts as stalled, and another is begun in its place: longer than one may take, which is a
    /// few seconds and the time limit of a page. Default 3 min.
    /// </summary>
    public TimeSpan StallAfter { get; init; } = TimeSpan.FromMinutes(3);
}
