using System.Globalization;

namespace BusIngest.Bus.Redis;

/// <summary>
/// A server's role and its replicas, as `INFO replication` has them. `ROLE` would leave out a replica that is just being filled, which a Sentinel may
/// promote all the same.
/// </summary>
/// <param name="Role">`master` or `slave`.</param>
/// <param name="Replicas">The replicas connected to it in whatever state, each as `host:port`; none twice.</param>
internal sealed record ReplicationInfo(string Role, IReadOnlyCollection<string> Replicas)
{
    /// <summary>Whether the server takes itself for the master.</summary>
    public bool IsMaster => string.Equals(Role, "master", StringComparison.Ordinal);

    /// <summary>Reads it; what is not there counts as no role and no replicas.</summary>
    public static ReplicationInfo Read(string text)
    {
        var role = "";
        var replicas = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n'))
        {
            if (line.Trim().Split(':', 2) is not [var name, var value])
                continue;
            if (name is "role")
                role = value;
            else if (IsReplica(name) && Endpoint(value) is { } endpoint)
                replicas.Add(endpoint);
        }

        return new ReplicationInfo(role, replicas);
    }

    /// <summary>`slave0`, not `slave_repl_offset`.</summary>
    private static bool IsReplica(string name) =>
        name.StartsWith("slave", StringComparison.Ordinal) && int.TryParse(name.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out _);

    /// <summary>`ip=127.0.0.1,port=6380,state=online,offset=1,lag=0`</summary>
    private static string? Endpoint(string value)
    {
        var fields = value.Split(',').Select(field => field.Split('=', 2)).Where(field => field.Length == 2).ToDictionary(field => field[0], field => field[1], StringComparer.Ordinal);
        return fields.TryGetValue("ip", out var host) && fields.TryGetValue("port", out var port) ? RedisAddress.TryFormat(host, port) : null;
    }
}
