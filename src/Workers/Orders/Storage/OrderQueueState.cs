namespace BusIngest.Workers.Orders.Storage;

/// <summary>What every worker goes by before it takes a batch in hand: the one row of `order_queue`.</summary>
public sealed class OrderQueueState
{
    /// <summary>The only row.</summary>
    public const int TheOne = 1;

    /// <summary>Always <see cref="TheOne"/>.</summary>
    public int Id { get; init; }

    /// <summary>Of two states of it, the later one has the higher.</summary>
    public long Revision { get; init; }

    /// <summary>Whether nothing is begun until somebody resumes.</summary>
    public bool Paused { get; init; }

    /// <summary>Whether nothing is begun until somebody resumes, or the workers start anew.</summary>
    public bool Closed { get; init; }

    /// <summary>The number of the last run that was stopped: nothing of it, or of an earlier one, is begun.</summary>
    public long HaltedRun { get; init; }

    /// <summary>The number of the last run that the history was wiped of.</summary>
    public long ForgottenRun { get; init; }
}
