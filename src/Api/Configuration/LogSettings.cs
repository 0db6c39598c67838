using Serilog.Events;

namespace BusIngest.Api.Configuration;

/// <summary>What is logged, and how much of it is kept.</summary>
public sealed record LogSettings
{
    /// <summary>The full path of the folder of the log files. Default ./logs.</summary>
    public required string Directory { get; init; }

    /// <summary>The least level that is logged. Default Information.</summary>
    public LogEventLevel Level { get; init; } = LogEventLevel.Information;

    /// <summary>The size in bytes at which a file is rolled, 64 KiB–1 GiB. Default 50 MiB.</summary>
    public long MaxFileBytes { get; init; } = 50L << 20;

    /// <summary>How many files of each kind are kept, the current one included, 1–1,000. Default 10.</summary>
    public int KeptFiles { get; init; } = 10;
}
