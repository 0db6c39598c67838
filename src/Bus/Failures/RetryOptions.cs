namespace BusIngest.Bus.Failures;

/// <summary>How often a consumer tries again before a message goes to the failed ones.</summary>
public sealed record RetryOptions
{
    /// <summary>Tries that follow the first at once, 0–20. Default 3.</summary>
    public int Immediate { get; init; } = 3;

    /// <summary>Pauses before the tries after those, each 0–1 h, at most 10 of them. Default 200 ms, 1 s, 5 s.</summary>
    public IReadOnlyList<TimeSpan> Spaced { get; init; } =
        [TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5)];

    /// <summary>How many tries follow the first.</summary>
    public int Count => Immediate + Spaced.Count;
}
