namespace BusIngest.Api.Timers;

/// <summary>The states of a timer, as clients see them.</summary>
internal static class TimerStatus
{
    /// <summary>It waits for its time.</summary>
    public const string Scheduled = "Scheduled";

    /// <summary>It is due, and its webhook is being called, or will be again.</summary>
    public const string Running = "Running";

    /// <summary>Its webhook answered 2xx.</summary>
    public const string Finished = "Finished";

    /// <summary>Its webhook was given up.</summary>
    public const string Failed = "Failed";

    /// <summary>It was cancelled before its time.</summary>
    public const string Cancelled = "Cancelled";

    /// <summary>All of them, in the order of a timer's life.</summary>
    public static IReadOnlyList<string> All { get; } = [Scheduled, Running, Finished, Failed, Cancelled];
}
