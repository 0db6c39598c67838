using StackExchange.Redis;

namespace BusIngest.Support.Servers;

/// <summary>Who is the master of a cluster's Redis, by the word of its sentinels.</summary>
public static class RedisTopology
{
    private const string MasterName = "mymaster";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>The component that is the master; null while no sentinel answers.</summary>
    public static async Task<string?> MasterAsync(this Cluster cluster)
    {
        foreach (var sentinel in ClusterNames.Sentinels)
        {
            try
            {
                await using var probe = cluster.Probe(sentinel);
                var master = (await probe.Server.SentinelGetMasterAddressByNameAsync(MasterName))?.ToString();
                if (master is not null)
                    return ClusterNames.Redis.FirstOrDefault(name => string.Equals(master, cluster.Address(name), StringComparison.Ordinal));
            }
            catch (Exception exception) when (exception is RedisException or TimeoutException)
            {
                // Another one may answer.
            }
        }

        return null;
    }

    /// <summary>Returns when another component is the master.</summary>
    public static Task WaitForPromotionAsync(this Cluster cluster, string oldMaster, CancellationToken cancellationToken) => Eventually.BecomesAsync(
        $"Another than {oldMaster} is the master",
        _ => cluster.MasterAsync(),
        master => master is not null && !string.Equals(master, oldMaster, StringComparison.Ordinal),
        Deadline,
        cancellationToken);

    /// <summary>Returns when the master has all its replicas, so that it can be lost again.</summary>
    public static Task WaitForReplicasAsync(this Cluster cluster, CancellationToken cancellationToken) => Eventually.BecomesAsync(
        "The master has its replicas", _ => CountReplicasAsync(cluster), static count => count == ClusterNames.Redis.Count - 1, Deadline, cancellationToken);

    private static async Task<int> CountReplicasAsync(Cluster cluster)
    {
        if (await cluster.MasterAsync() is not { } master)
            return 0;

        try
        {
            await using var probe = cluster.Probe(master);
            var replication = (string?)await probe.Database.ExecuteAsync("INFO", "replication") ?? "";
            return replication.Contains("role:master", StringComparison.Ordinal) ? replication.Split("state=online").Length - 1 : 0;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            return 0;
        }
    }
}
