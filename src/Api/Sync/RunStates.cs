namespace BusIngest.Api.Sync;

/// <summary>The states of a run, as clients see them.</summary>
internal static class RunStates
{
    /// <summary>The last page is stored.</summary>
    public const string Completed = "Completed";

    /// <summary>All of them, in the order of a run's life.</summary>
    public static IReadOnlyList<string> All { get; } = ["Fetching", "Throttled", "Paused", Completed, "Failed", "Cancelled"];
}
