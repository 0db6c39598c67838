namespace BusIngest.Bus.Redis;

/// <summary>What one Sentinel says of the master.</summary>
/// <param name="Endpoint">The master as `host:port`, an IPv6 address in brackets.</param>
/// <param name="IsDown">Whether it says itself that it can't reach it.</param>
/// <param name="Epoch">Which failover made it the master: the higher, the later.</param>
internal sealed record SentinelAnswer(string Endpoint, bool IsDown, long Epoch);
