namespace BusIngest.Bus.Outbox.Failover;

/// <summary>How failovers are written down, and when bulk producers wait.</summary>
public sealed record FailoverOptions
{
    /// <summary>The full path of the folder of `failover-metrics-YYYY-MM-DD.log`.</summary>
    public required string LogDirectory { get; init; }

    /// <summary>How many of these files are kept, one for each day that had a failover, 1–1,000. Default 10.</summary>
    public int KeptFiles { get; init; } = 10;

    /// <summary>What this process is called in sessions, its own among all. Default `host/pid`.</summary>
    public string Process { get; init; } = $"{Environment.MachineName}/{Environment.ProcessId}";

    /// <summary>Messages waiting behind the lane above which bulk producers pause, where the lane can tell, 1–1,000,000. Default 500.</summary>
    public long BulkHighWaterMessages { get; init; } = 500;
}
