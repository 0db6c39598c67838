using BusIngest.Support.Servers;

namespace BusIngest.Bench.Benchmarks.Spread;

/// <summary>The servers of one measurement, fresh for each, so that what one left behind does not slow the next.</summary>
internal static class Servers
{
    /// <summary>Starts RabbitMQ and PostgreSQL.</summary>
    public static Task<Cluster> StartAsync() => Cluster.StartAsync(ClusterNames.RabbitMq, ClusterNames.Postgres);

    /// <summary>Where they are, as the program reads it.</summary>
    public static (string Name, string Value)[] Settings(Cluster servers) =>
        [("RABBITMQ_URL", servers.RabbitMqUrl), ("DATABASE_URL", servers.DatabaseUrl)];
}
