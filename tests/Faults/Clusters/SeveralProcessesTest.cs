using BusIngest.Support.Cars;
using BusIngest.Support.Servers;

namespace BusIngest.Faults.Clusters;

/// <summary>Two processes of each role that clients or sagas need, and a client that posts to both apis.</summary>
public abstract class SeveralProcessesTest(SharedCluster shared) : ClusterFaultTest(shared)
{
    private const string Lane = "rabbitmq";
    private static readonly string[] More = [ClusterNames.Api2, ClusterNames.Workers2, ClusterNames.Sagas2];
    private int _turn;

    /// <summary>Starts all, and the load.</summary>
    protected Task StartAsync() => StartAsync(Lane, More, NextApi, new PostingOptions { Elsewhere = OtherApi });

    /// <summary>The api that this one is not.</summary>
    protected Uri OtherApi(Uri api) => Cluster.Url(api == Cluster.Url(ClusterNames.Api) ? ClusterNames.Api2 : ClusterNames.Api);

    private Uri NextApi(Cluster cluster) => cluster.Url(Interlocked.Increment(ref _turn) % 2 == 0 ? ClusterNames.Api : ClusterNames.Api2);
}
