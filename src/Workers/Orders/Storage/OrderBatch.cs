namespace BusIngest.Workers.Orders.Storage;

/// <summary>A batch of orders that are processed together: a job. A row of `order_batches`, from when it is enqueued.</summary>
public sealed class OrderBatch
{
    /// <summary>The number of its first order, by which it goes.</summary>
    public long First { get; init; }

    /// <summary>The number of its last order; those of another priority in between are not of it.</summary>
    public long Last { get; init; }

    /// <summary>The run's number.</summary>
    public long Run { get; init; }

    /// <summary>VIP or NORMAL.</summary>
    public required string Priority { get; init; }

    /// <summary>One of <see cref="Contracts.Orders.OrderJobStates"/>.</summary>
    public required string State { get; init; }

    /// <summary>How many orders it has.</summary>
    public int Size { get; init; }

    /// <summary>How many are processed.</summary>
    public int Processed { get; init; }

    /// <summary>How many failed at every try.</summary>
    public int Failed { get; init; }

    /// <summary>How often it was taken in hand.</summary>
    public int Attempts { get; init; }

    /// <summary>No earlier time is given to its orders.</summary>
    public DateTimeOffset NotBefore { get; init; }

    /// <summary>Who has it in hand: nobody else's work on it counts.</summary>
    public Guid? Claim { get; init; }

    /// <summary>What was wrong with the last order that failed; null when none did.</summary>
    public string? Error { get; init; }

    /// <summary>When it was enqueued, last put back, or settled: since when it is in its state.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>When it was first taken in hand; null before.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When its orders were first settled, which is the time they bear; null before.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>Whether somebody took it out of the listing of jobs; it counts all the same.</summary>
    public bool Hidden { get; init; }
}
