namespace BusIngest.Workers.Orders.Storage;

/// <summary>A chunk of orders that is stored: its VIP orders first, then the others. A row of `order_chunks`.</summary>
public sealed class OrderChunk
{
    /// <summary>The number of its first order.</summary>
    public long First { get; init; }

    /// <summary>The run's number.</summary>
    public long Run { get; init; }

    /// <summary>How many VIP orders it has.</summary>
    public int Vip { get; init; }

    /// <summary>How many others.</summary>
    public int Normal { get; init; }

    /// <summary>When it was stored.</summary>
    public DateTimeOffset GeneratedAt { get; init; }
}
