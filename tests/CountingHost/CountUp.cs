namespace BusIngest.CountingHost;

/// <summary>Asks a counter to count one more.</summary>
/// <param name="CounterId">The counter's saga.</param>
/// <param name="EventId">This event, told from all others; what is sent twice counts twice, under two messages.</param>
public sealed record CountUp(Guid CounterId, Guid EventId);

/// <summary>A counter has counted.</summary>
/// <param name="CounterId">The counter's saga.</param>
/// <param name="EventId">What it counted.</param>
/// <param name="Count">Its count since.</param>
public sealed record Counted(Guid CounterId, Guid EventId, long Count);
