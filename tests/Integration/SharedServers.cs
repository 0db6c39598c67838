using BusIngest.Integration;
using BusIngest.Support.Servers;

[assembly: AssemblyFixture(typeof(SharedServers))]

namespace BusIngest.Integration;

/// <summary>
/// The servers of all tests here, started once. A test takes a <see cref="ScratchDatabase"/> and a <see cref="ScratchVhost"/>
/// of its own; one that kills a server starts a <see cref="Cluster"/> of its own.
/// </summary>
public sealed class SharedServers : IAsyncLifetime
{
    private Cluster? _cluster;

    /// <summary>The running servers.</summary>
    public Cluster Cluster => _cluster ?? throw new InvalidOperationException("The servers are not started");

    /// <inheritdoc />
    public async ValueTask InitializeAsync() => _cluster = await Cluster.StartAsync([.. ClusterNames.Servers]);

    /// <summary>A database of one test.</summary>
    public Task<ScratchDatabase> DatabaseAsync(CancellationToken cancellationToken) =>
        ScratchDatabase.CreateAsync(Cluster.DatabaseUrl, cancellationToken);

    /// <summary>A virtual host of one test.</summary>
    public Task<ScratchVhost> VhostAsync(CancellationToken cancellationToken) => ScratchVhost.CreateAsync(Cluster, cancellationToken);

    /// <summary>A connection to the Redis master as the Sentinels have it: where the machine stands still for a second, they choose another.</summary>
    public async Task<RedisProbe> ProbeMasterAsync() =>
        await Cluster.MasterAsync() is { } master ? Cluster.Probe(master) : throw new InvalidOperationException("The Sentinels know no master");

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
            await _cluster.DisposeAsync();
    }
}
