namespace BusIngest.Workers.Orders.Storage;

/// <summary>What became of the orders of a batch.</summary>
internal sealed class BatchResult
{
    /// <summary>How many were processed now.</summary>
    public int Processed { get; set; }

    /// <summary>How many were given up.</summary>
    public int Failed { get; set; }

    /// <summary>Why the last of them was; null when none was.</summary>
    public string? Error { get; set; }
}
