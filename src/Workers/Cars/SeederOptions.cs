namespace BusIngest.Workers.Cars;

/// <summary>What the car generator starts with when nobody has steered it yet.</summary>
public sealed record SeederOptions
{
    /// <summary>Whether it runs from the start. Default true.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Milliseconds between two cars, 0–86,400,000; 0 is as fast as the outbox takes them. Default 30.</summary>
    public int IntervalMs { get; init; } = 30;
}
