namespace BusIngest.Workers.Orders.Storage;

/// <summary>A run in the history: a row of `order_runs`, written at each change of phase.</summary>
public sealed class OrderRun
{
    /// <summary>The run's number, from 1.</summary>
    public long Run { get; init; }

    /// <summary>Its id.</summary>
    public Guid Id { get; init; }

    /// <summary>Of two states of it, the later one has more steps.</summary>
    public int Step { get; init; }

    /// <summary>One of <see cref="Contracts.Orders.OrderPhases"/>.</summary>
    public required string Phase { get; init; }

    /// <summary>How many orders were asked for.</summary>
    public int Quantity { get; init; }

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the last order was stored; null until then.</summary>
    public DateTimeOffset? GeneratedAt { get; init; }

    /// <summary>When every VIP batch was known to be enqueued; null until then.</summary>
    public DateTimeOffset? VipEnqueuedAt { get; init; }

    /// <summary>When the last VIP order was settled; null until then.</summary>
    public DateTimeOffset? VipDrainedAt { get; init; }

    /// <summary>When the NORMAL batches were enqueued; null until then.</summary>
    public DateTimeOffset? NormalEnqueuedAt { get; init; }

    /// <summary>When it ended; null until then.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What was wrong with it; null when nothing was.</summary>
    public string? Error { get; init; }

    /// <summary>When the first VIP batch was taken in hand; null before.</summary>
    public DateTimeOffset? VipStartedAt { get; init; }

    /// <summary>When the last VIP batch was settled; null before.</summary>
    public DateTimeOffset? VipEndedAt { get; init; }

    /// <summary>When the first NORMAL batch was taken in hand; null before.</summary>
    public DateTimeOffset? NormalStartedAt { get; init; }

    /// <summary>When the last NORMAL batch was settled; null before.</summary>
    public DateTimeOffset? NormalEndedAt { get; init; }

    /// <summary>VIP orders processed.</summary>
    public int VipProcessed { get; init; }

    /// <summary>NORMAL orders processed.</summary>
    public int NormalProcessed { get; init; }

    /// <summary>Orders that failed at every try.</summary>
    public int Failed { get; init; }
}
