namespace BusIngest.Bus.Redis;

/// <summary>The master of this moment.</summary>
/// <param name="Connection">The connection to it.</param>
/// <param name="Replicas">What is known of its replicas, over connections that were lost, too.</param>
internal sealed record MasterInUse(RedisConnection Connection, KnownReplicas Replicas)
{
    /// <summary>The server as `host:port`.</summary>
    public string Endpoint => Connection.Endpoint;
}
