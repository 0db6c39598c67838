namespace BusIngest.Bus.Redis;

/// <summary>The keys in Redis; all begin alike, so that a server can be shared and cleaned.</summary>
internal static class RedisKeys
{
    /// <summary>What every key begins with.</summary>
    public const string Prefix = "busingest:";

    /// <summary>The stream of the outbox.</summary>
    public const string Outbox = Prefix + "outbox";

    /// <summary>What test writes go to.</summary>
    public const string Probe = Prefix + "probe";

    /// <summary>What the cache's keys begin with.</summary>
    public const string Cache = Prefix + "cache:";

    /// <summary>What the sagas' keys begin with.</summary>
    public const string Sagas = Prefix + "saga:";
}
