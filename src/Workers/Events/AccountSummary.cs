namespace BusIngest.Workers.Events;

/// <summary>What is known of an account and a stretch of time, as of one moment: exactly what a count of its raw events would give.</summary>
/// <param name="AccountId">The account, by the client's own id; one that nobody has heard of has no events.</param>
/// <param name="Totals">Events by type.</param>
/// <param name="TopUsers">The ten busiest users, the busiest first; of equally busy ones the first by ordinal order of their ids.</param>
/// <param name="AsOf">Up to when it is complete: whatever was accepted before this moment is in it.</param>
public sealed record AccountSummary(string AccountId, EventTotals Totals, IReadOnlyList<UserEvents> TopUsers, DateTimeOffset AsOf);
