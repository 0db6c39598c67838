namespace BusIngest.Contracts.Orders;

/// <summary>What a run's saga knows of it.</summary>
public sealed record OrderRunFacts
{
    /// <summary>The run's number, from 1.</summary>
    public long Run { get; init; }

    /// <summary>The run's id.</summary>
    public Guid RunId { get; init; }

    /// <summary>Of two, the one with more steps is the later one.</summary>
    public int Step { get; init; }

    /// <summary>One of <see cref="OrderPhases"/>.</summary>
    public string Phase { get; init; } = OrderPhases.Idle;

    /// <summary>How many orders were asked for.</summary>
    public int Quantity { get; init; }

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the last order was stored; null until then.</summary>
    public DateTimeOffset? GeneratedAt { get; init; }

    /// <summary>When every VIP batch was known to be enqueued; null until then.</summary>
    public DateTimeOffset? VipEnqueuedAt { get; init; }

    /// <summary>When the last VIP order was settled, and NORMAL batches began to be enqueued; null until then.</summary>
    public DateTimeOffset? VipDrainedAt { get; init; }

    /// <summary>When the NORMAL batches were enqueued; null until then.</summary>
    public DateTimeOffset? NormalEnqueuedAt { get; init; }

    /// <summary>When it ended, in whatever way; null until then.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What was wrong; null when nothing was.</summary>
    public string? Error { get; init; }
}
