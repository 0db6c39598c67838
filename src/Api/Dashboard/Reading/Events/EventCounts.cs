namespace BusIngest.Api.Dashboard.Reading.Events;

/// <summary>Where the events are, as of one moment.</summary>
/// <param name="Accepted">Events that were durably accepted.</param>
/// <param name="Stored">In the table.</param>
/// <param name="Known">Accepted under an id that was stored already, and dropped.</param>
/// <param name="Failed">With the failed messages.</param>
/// <param name="Backlog">Accepted, and none of these yet.</param>
internal sealed record EventCounts(long Accepted, long Stored, long Known, long Failed, long Backlog);
