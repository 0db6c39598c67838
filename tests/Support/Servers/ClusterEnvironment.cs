using BusIngest.Support.Programs;

namespace BusIngest.Support.Servers;

/// <summary>What cluster.sh, and through it the program, finds in its environment.</summary>
internal static class ClusterEnvironment
{
    /// <summary>Takes out what the machine may have set for the program, and names the cluster.</summary>
    public static void Apply(IDictionary<string, string?> environment, string directory, string? publication)
    {
        ProgramEnvironment.RemoveForeign(environment);
        environment["CLUSTER_DIR"] = directory;
        if (publication is not null)
            environment["BUSINGEST_PUBLISH_DIR"] = publication;
    }
}
