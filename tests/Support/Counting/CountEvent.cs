namespace BusIngest.Support.Counting;

/// <summary>An event of a counter, as tests/CountingHost takes it.</summary>
/// <param name="CounterId">The counter.</param>
/// <param name="EventId">Tells it from all others.</param>
public sealed record CountEvent(Guid CounterId, Guid EventId);
