namespace BusIngest.Api.Outbox;

/// <summary>A page of failover sessions, newest first.</summary>
/// <param name="Sessions">The sessions.</param>
/// <param name="Next">What to give as `after` for the next page; null at the end.</param>
internal sealed record SessionPage(IReadOnlyList<SessionView> Sessions, string? Next);
