namespace BusIngest.Api.Summaries;

/// <summary>How summaries are read and kept.</summary>
public sealed record SummaryOptions
{
    /// <summary>For how long one may be given again, if nothing is stored meanwhile, 0–60 s; 0: never. It is what the windows that move with time lag behind
    /// at the most, and news of other processes' writes that is lost. Default 5 s.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the database may take for one, 100 ms–60 s; all tries together take at most twice as long. Default 2 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How many are read at once, 1–1,000. Default 8.</summary>
    public int MaxConcurrency { get; init; } = 8;
}
