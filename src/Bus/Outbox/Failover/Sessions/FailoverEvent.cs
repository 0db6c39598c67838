using BusIngest.Contracts.Failover;

namespace BusIngest.Bus.Outbox.Failover.Sessions;

/// <summary>Something happened in a failover session.</summary>
/// <param name="Kind">What.</param>
/// <param name="At">When we saw it.</param>
/// <param name="Facts">The session, as of then.</param>
/// <param name="Parked">Records that waited in the inbox then.</param>
internal sealed record FailoverEvent(FailoverEventKind Kind, DateTimeOffset At, FailoverFacts Facts, long Parked);
