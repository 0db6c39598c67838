namespace BusIngest.Workers.Orders.Storage;

/// <summary>A line of the orders' log: a row of `order_log`.</summary>
public sealed class OrderLogLine
{
    /// <summary>Its place.</summary>
    public long Seq { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>info, warn or error.</summary>
    public required string Level { get; init; }

    /// <summary>What.</summary>
    public required string Message { get; init; }
}
