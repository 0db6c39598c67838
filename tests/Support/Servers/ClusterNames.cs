namespace BusIngest.Support.Servers;

/// <summary>The components of a <see cref="Cluster"/>. Of the program's there may be several: `workers-2`.</summary>
public static class ClusterNames
{
    public const string RabbitMq = "rabbitmq";
    public const string Postgres = "postgres";
    public const string RedisMaster = "redis-master";
    public const string RedisReplica = "redis-replica";
    public const string RedisReplica2 = "redis-replica-2";
    public const string Sentinel1 = "sentinel-1";
    public const string Sentinel2 = "sentinel-2";
    public const string Sentinel3 = "sentinel-3";
    public const string Api = "api";
    public const string Workers = "workers";
    public const string Sagas = "sagas";
    public const string Seeder = "seeder";
    public const string Api2 = "api-2";
    public const string Workers2 = "workers-2";
    public const string Sagas2 = "sagas-2";

    /// <summary>The three sentinels.</summary>
    public static IReadOnlyList<string> Sentinels { get; } = [Sentinel1, Sentinel2, Sentinel3];

    /// <summary>The servers that Sentinel makes masters and replicas.</summary>
    public static IReadOnlyList<string> Redis { get; } = [RedisMaster, RedisReplica, RedisReplica2];

    /// <summary>Every server.</summary>
    public static IReadOnlyList<string> Servers { get; } = [RabbitMq, Postgres, .. Redis, .. Sentinels];

    /// <summary>One process of each role of the program.</summary>
    public static IReadOnlyList<string> Programs { get; } = [Api, Workers, Sagas, Seeder];

    /// <summary>Whether this is a process of the program.</summary>
    public static bool IsProgram(string name) => Programs.Any(p => name.Equals(p, StringComparison.Ordinal) || name.StartsWith($"{p}-", StringComparison.Ordinal));
}
