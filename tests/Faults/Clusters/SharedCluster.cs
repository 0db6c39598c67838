using BusIngest.Support.Servers;

namespace BusIngest.Faults.Clusters;

/// <summary>The cluster that the rows of a class share, as a start costs 20 s. A row that failed takes it along, and the next one starts anew.</summary>
public sealed class SharedCluster : IAsyncDisposable
{
    private Cluster? _running;

    /// <summary>The running cluster; the first to ask starts it.</summary>
    /// <param name="settings">Of the program, the same from every row.</param>
    /// <param name="components">What runs, the same from every row.</param>
    public async Task<Cluster> GetAsync(IReadOnlyDictionary<string, string> settings, IEnumerable<string> components) =>
        _running ??= await Cluster.StartAsync(settings, [.. components]);

    /// <summary>Takes it down.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_running is { } cluster)
        {
            _running = null;
            await cluster.DisposeAsync();
        }
    }
}
