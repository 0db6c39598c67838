namespace BusIngest.Support.Servers;

/// <summary>A virtual host of one test on a shared RabbitMQ: queues that a test leaves would stay bound, and every publish fan out to them.</summary>
public sealed class ScratchVhost : IAsyncDisposable
{
    private readonly RabbitMqManagement _management;

    private ScratchVhost(Uri management, string brokerUrl)
    {
        _management = new RabbitMqManagement(management);
        Url = new UriBuilder(brokerUrl) { Path = Name }.Uri.ToString();
    }

    /// <summary>Its name.</summary>
    public string Name { get; } = $"test-{Guid.NewGuid():N}";

    /// <summary>amqp://user:password@host:port/name, as RABBITMQ_URL takes it.</summary>
    public string Url { get; }

    /// <summary>Makes it.</summary>
    public static async Task<ScratchVhost> CreateAsync(Cluster cluster, CancellationToken cancellationToken)
    {
        var vhost = new ScratchVhost(cluster.RabbitMqManagement, cluster.RabbitMqUrl);
        await vhost._management.CreateVhostAsync(vhost.Name, cancellationToken);
        return vhost;
    }

    /// <summary>The names of its queues.</summary>
    public Task<IReadOnlyList<string>> QueuesAsync(CancellationToken cancellationToken) => _management.QueuesAsync(Name, cancellationToken);

    /// <summary>The names that its clients gave their connections.</summary>
    public Task<IReadOnlyList<string>> ConnectionsAsync(CancellationToken cancellationToken) => _management.ConnectionsAsync(Name, cancellationToken);

    /// <summary>Sets a policy on its queues.</summary>
    /// <param name="pattern">Of the queues' names.</param>
    /// <param name="definition">What it says.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task SetPolicyAsync(string pattern, object definition, CancellationToken cancellationToken) => _management.SendAsync(
        HttpMethod.Put, $"api/policies/{Name}/test", new Dictionary<string, object>(StringComparer.Ordinal) { ["pattern"] = pattern, ["definition"] = definition, ["apply-to"] = "queues" }, cancellationToken);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _management.DeleteVhostAsync(Name, CancellationToken.None);
        _management.Dispose();
    }
}
