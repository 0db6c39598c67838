namespace BusIngest.Api.Telemetry.Slo;

/// <summary>What the requests of a route come to.</summary>
/// <param name="Requests">How many there were.</param>
/// <param name="Errors">Those that failed for a reason of ours.</param>
/// <param name="P50">Half of them took no longer.</param>
/// <param name="P95">95 of a hundred took no longer.</param>
/// <param name="P99">99 of a hundred took no longer.</param>
internal readonly record struct LatencySummary(long Requests, long Errors, TimeSpan P50, TimeSpan P95, TimeSpan P99);
