using System.Globalization;

namespace BusIngest.Bus.Redis;

/// <summary>A replica that a Sentinel could promote.</summary>
/// <param name="Endpoint">The replica as `host:port`.</param>
/// <param name="Priority">The lower, the sooner it is promoted.</param>
/// <param name="Follows">Whether it has a link to its master.</param>
internal sealed record SentinelReplica(string Endpoint, int Priority, bool Follows)
{
    private const int DefaultPriority = 100;

    /// <summary>Reads the fields that a Sentinel gives of a replica.</summary>
    /// <returns>Null when it would not promote it: it is down, has not been heard of since it was named, or has priority 0.</returns>
    public static SentinelReplica? Read(Dictionary<string, string> fields)
    {
        var isDown = HasFlag(fields, "s_down") || HasFlag(fields, "o_down") || HasFlag(fields, "disconnected");
        var isKnown = fields.GetValueOrDefault("runid", "").Length > 0;
        var priority = int.TryParse(fields.GetValueOrDefault("slave-priority"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : DefaultPriority;
        return !isDown && isKnown && priority > 0 && RedisAddress.TryFormat(fields.GetValueOrDefault("ip", ""), fields.GetValueOrDefault("port", "")) is { } endpoint
            ? new SentinelReplica(endpoint, priority, fields.GetValueOrDefault("master-link-status") is "ok")
            : null;
    }

    /// <summary>Whether a Sentinel has marked a server so.</summary>
    public static bool HasFlag(Dictionary<string, string> fields, string flag) =>
        fields.GetValueOrDefault("flags", "").Split(',').Contains(flag, StringComparer.Ordinal);
}
