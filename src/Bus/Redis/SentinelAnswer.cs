using System.Globalization;

namespace BusIngest.Bus.Redis;

/// <summary>What one Sentinel says of the master.</summary>
/// <param name="Endpoint">The master as `host:port`, an IPv6 address in brackets.</param>
/// <param name="Epoch">Which failover made it the master: the higher, the later.</param>
/// <param name="IsDown">Whether it says itself that it can't reach it.</param>
/// <param name="IsReplacing">Whether it is about to promote another one.</param>
/// <param name="Replicas">The replicas that it could promote.</param>
internal sealed record SentinelAnswer(string Endpoint, long Epoch, bool IsDown, bool IsReplacing, IReadOnlyList<SentinelReplica> Replicas)
{
    /// <summary>
    /// The replicas that don't follow the master and would yet be promoted before others that do, for their priority. Among equals a Sentinel takes the one
    /// that has most.
    /// </summary>
    public IEnumerable<string> Overtaking =>
        Replicas.Where(replica => !replica.Follows && Replicas.Any(other => other.Priority > replica.Priority)).Select(replica => replica.Endpoint);

    /// <summary>Reads the fields of the master and of its replicas.</summary>
    /// <returns>Null when they name no address.</returns>
    public static SentinelAnswer? Read(Dictionary<string, string> master, IReadOnlyList<Dictionary<string, string>> replicas) =>
        RedisAddress.TryFormat(master.GetValueOrDefault("ip", ""), master.GetValueOrDefault("port", "")) is { } endpoint
            ? new SentinelAnswer(
                endpoint,
                long.TryParse(master.GetValueOrDefault("config-epoch"), NumberStyles.None, CultureInfo.InvariantCulture, out var epoch) ? epoch : 0,
                SentinelReplica.HasFlag(master, "s_down"),
                SentinelReplica.HasFlag(master, "failover_in_progress"),
                [.. replicas.Select(SentinelReplica.Read).OfType<SentinelReplica>()])
            : null;
}
