namespace BusIngest.Workers.Orders;

/// <summary>How the workers go about orders.</summary>
public sealed record OrdersOptions
{
    /// <summary>The most chunks, and batches of each priority, in hand at once, 1–1,000; half the processors are the most that is made of it. Default 25.</summary>
    public int Concurrency { get; init; } = 25;

    /// <summary>How long a batch may be in hand, or wait while nothing keeps the queue, before it counts as stuck, 1 s–1 day. Default 10 s.</summary>
    public TimeSpan StuckAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether phases and progress are logged; what goes wrong always is. Default true.</summary>
    public bool Logs { get; init; } = true;

    /// <summary>How often the progress of a run is logged, 100 ms–1 h. Default 5 s.</summary>
    public TimeSpan LogProgressEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What the machine makes of <see cref="Concurrency"/>: the database works as hard as we do, and more in hand is no faster, but makes
    /// everybody else wait.</summary>
    internal int AtOnce => Math.Min(Concurrency, Math.Max(1, Environment.ProcessorCount / 2));
}
