using BusIngest.Contracts.Orders;

namespace BusIngest.Api.Orders;

/// <summary>The names by which clients ask for jobs.</summary>
internal static class OrderJobTypes
{
    private const string Wait = "wait";
    private const string Delayed = "delayed";
    private const string Paused = "paused";

    /// <summary>All of them; wait and waiting are one, and there are no delayed ones.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Wait, OrderJobStates.Waiting, OrderJobStates.Active, OrderJobStates.Completed, OrderJobStates.Failed, Delayed, Paused];

    /// <summary>The state that such jobs are in.</summary>
    /// <param name="type">One of <see cref="All"/>.</param>
    /// <param name="isStanding">Whether the queue is paused or closed: then those that wait are the paused ones, too.</param>
    /// <returns>One of <see cref="OrderJobStates"/>; null: there are no such jobs now.</returns>
    public static string? State(string type, bool isStanding) => type switch
    {
        Wait => OrderJobStates.Waiting,
        Delayed => null,
        Paused => isStanding ? OrderJobStates.Waiting : null,
        _ => type,
    };
}
