namespace BusIngest.Bus.Delivery;

/// <summary>How outgoing messages leave PostgreSQL.</summary>
public sealed record DeliveryOptions
{
    /// <summary>The most messages that a process sends at once from memory, 1–100,000. Default 4,096.</summary>
    public int MaxInHand { get; init; } = 4_096;

    /// <summary>How long the broker's confirm may take; null: as long as it takes, where messages are in hand until they are consumed. Default 5 s.</summary>
    public TimeSpan? ForwardTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How old a row is when another process may take it to be left behind, 1 s–10 min. Default 6 s: longer than a confirm may take.</summary>
    public TimeSpan LeftBehindAfter { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>How often rows that were left behind are looked for, 100 ms–1 min. Default 1 s.</summary>
    public TimeSpan SweepEvery { get; init; } = TimeSpan.FromSeconds(1);
}
