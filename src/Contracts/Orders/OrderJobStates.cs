namespace BusIngest.Contracts.Orders;

/// <summary>The states of a job, which is one batch of orders.</summary>
public static class OrderJobStates
{
    /// <summary>Enqueued, and nobody has it in hand.</summary>
    public const string Waiting = "waiting";

    /// <summary>In hand.</summary>
    public const string Active = "active";

    /// <summary>Every order is processed.</summary>
    public const string Completed = "completed";

    /// <summary>Settled, and some order failed at every try.</summary>
    public const string Failed = "failed";

    /// <summary>Taken from the queue by hand.</summary>
    public const string Removed = "removed";
}
